package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/** What all users of Jakarta Mail share: the properties that make it fast, and messages. Thread-safe. */
final class JakartaMail {
    private final Scenario scenario;
    private final Session session;
    private final Address[] recipients;
    private final String text;
    private final byte[] rendered;
    private final AtomicLong number = new AtomicLong();

    JakartaMail(Scenario scenario, Target target) throws MessagingException, IOException, GeneralSecurityException {
        this.scenario = scenario;
        session = Session.getInstance(properties(scenario, target));
        recipients = InternetAddress.parse(String.join(",", BenchmarkMails.to(scenario)));
        text = BenchmarkMails.text(scenario);
        rendered = BenchmarkMails.rendered(scenario);
    }

    static Properties properties(Scenario scenario, Target target) throws IOException, GeneralSecurityException {
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", "smtp");
        properties.put("mail.smtp.host", Target.HOST);
        properties.put("mail.smtp.port", Integer.toString(target.port()));
        // Without these two the name service is asked.
        properties.put("mail.smtp.localhost", "client.test");
        properties.put("mail.from", BenchmarkMails.FROM);
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.sendpartial", Boolean.toString(scenario.partial()));
        if (!Boolean.getBoolean("benchmark.nagle")) {
            properties.put("mail.smtp.socketFactory", new PromptSocketFactory());
            properties.put("mail.smtp.socketFactory.fallback", "false");
        }
        if (scenario.secure()) {
            properties.put("mail.smtp.auth", "true");
            properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
            properties.put("mail.smtp.starttls.enable", "true");
            properties.put("mail.smtp.starttls.required", "true");
            properties.put("mail.smtp.ssl.socketFactory", Trust.in(target).getSocketFactory());
        }
        return properties;
    }

    Session session() {
        return session;
    }

    Address[] recipients() {
        return recipients;
    }

    /** What a sender sends again and again where the mail is ready; a message is not to be shared by threads. */
    MimeMessage ready() throws MessagingException {
        if (Boolean.getBoolean("benchmark.bytes")) {
            return new KeptBytes(session, rendered);
        }
        return new MimeMessage(session, new ByteArrayInputStream(rendered));
    }

    /** The next mail, composed if the scenario wants that. */
    MimeMessage next(MimeMessage ready) throws MessagingException {
        return scenario.content() == Content.READY ? ready : fill(new MimeMessage(session));
    }

    MimeMessage fill(MimeMessage message) throws MessagingException {
        message.setFrom(new InternetAddress(BenchmarkMails.FROM_NAMED));
        message.setRecipients(RecipientType.TO, InternetAddress.parse(String.join(",", BenchmarkMails.to(scenario))));
        message.setSubject(BenchmarkMails.subject(number.incrementAndGet()), "UTF-8");
        message.setSentDate(new Date());
        message.setText(text, "UTF-8");
        message.saveChanges();
        return message;
    }

    /** The shortest way that the public API has for bytes that were rendered before. */
    private static final class KeptBytes extends MimeMessage {
        private final byte[] bytes;

        KeptBytes(Session session, byte[] bytes) throws MessagingException {
            super(session, new ByteArrayInputStream(bytes));
            this.bytes = bytes;
        }

        @Override
        public void writeTo(OutputStream out, String[] ignored) throws IOException {
            out.write(bytes);
        }
    }
}
