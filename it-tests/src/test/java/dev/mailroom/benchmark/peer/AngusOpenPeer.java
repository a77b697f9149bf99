package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;

/** Jakarta Mail with a transport that each sender keeps open. */
public final class AngusOpenPeer implements Peer {
    private JakartaMail mail;
    private Transport[] transports;

    @Override
    public void open(Scenario scenario, Target target) throws Exception {
        mail = new JakartaMail(scenario, target);
        transports = new Transport[scenario.senders()];
        for (int i = 0; i < transports.length; i++) {
            transports[i] = AngusConnectingPeer.connect(mail.session(), scenario);
        }
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        MimeMessage ready = mail.ready();
        for (int i = 0; i < mails; i++) {
            transports[sender].sendMessage(mail.next(ready), mail.recipients());
        }
    }

    @Override
    public void shut() throws Exception {
        for (Transport transport : transports) {
            transport.close();
        }
    }
}
