package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Spring's JavaMailSender: {@code send(message)} for single mails, {@code send(messages)} for streams. */
public final class SpringPeer implements Peer {
    private static final int LONGEST_ARRAY = 1000;
    private final AtomicLong number = new AtomicLong();
    private Scenario scenario;
    private JavaMailSenderImpl sender;
    private byte[] rendered;
    private String text;

    @Override
    public void open(Scenario wanted, Target target) throws Exception {
        scenario = wanted;
        rendered = BenchmarkMails.rendered(wanted);
        text = BenchmarkMails.text(wanted);
        sender = new JavaMailSenderImpl();
        sender.setHost(Target.HOST);
        sender.setPort(target.port());
        sender.setJavaMailProperties(JakartaMail.properties(wanted, target));
        if (wanted.secure()) {
            sender.setUsername(Target.USER);
            sender.setPassword(Target.USER_PASSWORD);
        }
    }

    @Override
    public void send(int number, int mails) throws Exception {
        if (scenario.mode() == Mode.SINGLE) {
            for (int i = 0; i < mails; i++) {
                sender.send(next());
            }
            return;
        }
        for (int left = mails; left > 0; left -= LONGEST_ARRAY) {
            MimeMessage[] messages = new MimeMessage[Math.min(left, LONGEST_ARRAY)];
            for (int i = 0; i < messages.length; i++) {
                messages[i] = next();
            }
            sender.send(messages);
        }
    }

    private MimeMessage next() throws MessagingException {
        if (scenario.content() == Content.READY) {
            return sender.createMimeMessage(new ByteArrayInputStream(rendered));
        }
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, "UTF-8");
        helper.setFrom(BenchmarkMails.FROM_NAMED);
        helper.setTo(BenchmarkMails.to(scenario).toArray(String[]::new));
        helper.setSubject(BenchmarkMails.subject(number.incrementAndGet()));
        helper.setSentDate(new Date());
        helper.setText(text);
        return message;
    }

    @Override
    public void shut() {
        // Nothing stays open.
    }
}
