package dev.mailroom.session;

import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;
import javax.naming.Reference;

/** A connection factory without a network: lends what it is asked for, or refuses once. */
final class FakeConnections implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    final transient List<SmtpSettings> lent = new ArrayList<>();
    transient int inUse;
    private transient SmtpException refusal;

    void refuse(SmtpException e) {
        refusal = e;
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings settings) throws SmtpException {
        if (refusal != null) {
            SmtpException e = refusal;
            refusal = null;
            throw e;
        }
        lent.add(settings);
        inUse++;
        return new SmtpConnection() {
            @Override
            public Receipt send(Mail mail) {
                return new Receipt(SmtpReply.of(250, "2.0.0 Ok"), List.of());
            }

            @Override
            public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
                mails.forEachRemaining(mail -> outcomes.accept(mail, send(mail)));
            }

            @Override
            public void close() {
                inUse--;
            }
        };
    }

    @Override
    public void setReference(Reference reference) {
        throw new IllegalStateException("not bound in JNDI");
    }

    @Override
    public Reference getReference() {
        throw new IllegalStateException("not bound in JNDI");
    }
}
