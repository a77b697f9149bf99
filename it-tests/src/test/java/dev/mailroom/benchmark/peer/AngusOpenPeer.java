package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;

/** Jakarta Mail with a transport that each sender opens with its first mail and keeps. */
public final class AngusOpenPeer implements Peer {
    private Scenario scenario;
    private JakartaMail mail;
    private Transport[] transports;

    @Override
    public void open(Scenario wanted, Target target) throws Exception {
        scenario = wanted;
        mail = new JakartaMail(wanted, target);
        transports = new Transport[wanted.senders()];
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        if (transports[sender] == null) {
            transports[sender] = AngusConnectingPeer.connect(mail.session(), scenario);
        }
        MimeMessage ready = mail.ready();
        for (int i = 0; i < mails; i++) {
            transports[sender].sendMessage(mail.next(ready), mail.recipients());
        }
    }

    @Override
    public void hangUp() throws Exception {
        for (int i = 0; i < transports.length; i++) {
            if (transports[i] != null) {
                transports[i].close();
                transports[i] = null;
            }
        }
    }

    @Override
    public void shut() throws Exception {
        hangUp();
    }
}
