package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.simplejavamail.api.email.Email;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.api.mailer.Mailer;
import org.simplejavamail.api.mailer.config.TransportStrategy;
import org.simplejavamail.email.EmailBuilder;
import org.simplejavamail.mailer.MailerBuilder;

/** Simple Java Mail with the pool of its batch module: one connection for each sender, validation off. */
public final class SimpleJavaMailPeer implements Peer {
    private final AtomicLong number = new AtomicLong();
    private Scenario scenario;
    private Mailer mailer;
    private String text;

    @Override
    public void open(Scenario wanted, Target target) throws Exception {
        scenario = wanted;
        text = BenchmarkMails.text(wanted);
        Properties properties = new Properties();
        JakartaMail.properties(wanted, target).forEach((key, value) -> {
            if (value instanceof String) {
                properties.put(key, value);
            }
        });
        var builder = wanted.secure()
                ? MailerBuilder.withSMTPServer(Target.HOST, target.port(), Target.USER, Target.USER_PASSWORD)
                        .withTransportStrategy(TransportStrategy.SMTP_TLS)
                        .withCustomSSLFactoryInstance(Trust.in(target).getSocketFactory())
                : MailerBuilder.withSMTPServer(Target.HOST, target.port())
                        .withTransportStrategy(TransportStrategy.SMTP);
        mailer = builder.withProperties(properties)
                // None before the session has the socket factory below, which it does not take as a property.
                .withConnectionPoolCoreSize(0)
                .withConnectionPoolMaxSize(wanted.senders())
                .withConnectionPoolExpireAfterMillis((int) TimeUnit.MINUTES.toMillis(10))
                .clearEmailValidator()
                .buildMailer();
        mailer.getSession().getProperties().putAll(JakartaMail.properties(wanted, target));
    }

    @Override
    public void send(int sender, int mails) {
        for (int i = 0; i < mails; i++) {
            mailer.sendMail(next(), false).join();
        }
    }

    private Email next() {
        EmailPopulatingBuilder builder = EmailBuilder.startingBlank().from(BenchmarkMails.FROM_NAMED)
                .withSubject(BenchmarkMails.subject(number.incrementAndGet())).withPlainText(text);
        BenchmarkMails.to(scenario).forEach(builder::to);
        return builder.buildEmail();
    }

    @Override
    public void shut() throws Exception {
        mailer.shutdownConnectionPool().get(10, TimeUnit.SECONDS);
    }
}
