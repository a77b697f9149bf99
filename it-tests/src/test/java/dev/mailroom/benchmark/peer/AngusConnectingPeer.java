package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;

/** Jakarta Mail with a connection for each mail, as {@code Transport.send} does it. */
public final class AngusConnectingPeer implements Peer {
    private Scenario scenario;
    private JakartaMail mail;

    static Transport connect(Session session, Scenario scenario) throws MessagingException {
        Transport transport = session.getTransport("smtp");
        if (scenario.secure()) {
            transport.connect(Target.USER, Target.USER_PASSWORD);
        } else {
            transport.connect();
        }
        return transport;
    }

    @Override
    public void open(Scenario wanted, Target target) throws Exception {
        scenario = wanted;
        mail = new JakartaMail(wanted, target);
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        MimeMessage ready = mail.ready();
        for (int i = 0; i < mails; i++) {
            MimeMessage message = mail.next(ready);
            try (Transport transport = connect(mail.session(), scenario)) {
                transport.sendMessage(message, mail.recipients());
            }
        }
    }

    @Override
    public void shut() {
        // Nothing stays open.
    }
}
