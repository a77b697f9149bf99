package dev.mailroom.staging;

import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import java.util.Iterator;
import java.util.function.BiConsumer;
import javax.naming.NamingException;
import javax.naming.Reference;

/** Lends connections whose mails reach only whom they may. Whoever sends hears of the recipients that it named. */
public final class StagedConnections implements SmtpConnectionFactory {
    private static final long serialVersionUID = 1L;

    private final transient SmtpConnectionFactory connections;
    private final transient StagingSettings settings;

    /** In front of these connections. */
    public StagedConnections(SmtpConnectionFactory connections, StagingSettings settings) {
        this.connections = connections;
        this.settings = settings;
    }

    @Override
    public SmtpConnection getConnection(SmtpSettings session) throws SmtpException {
        return new Staged(connections.getConnection(session), session);
    }

    private final class Staged implements SmtpConnection {
        private final SmtpConnection connection;
        private final SmtpSettings session;

        Staged(SmtpConnection connection, SmtpSettings session) {
            this.connection = connection;
            this.session = session;
        }

        @Override
        public Receipt send(Mail mail) throws SmtpException {
            StagedMail staged = StagedMail.of(mail, settings);
            if (staged.mail().isEmpty()) {
                throw new SmtpException(staged.failure(session));
            }
            return (Receipt) staged.outcome(connection.send(staged.mail().get()));
        }

        @Override
        public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
            StagedStream stream = new StagedStream(mails, outcomes, settings, session);
            connection.sendAll(stream, stream::outcome);
            stream.end();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** What stands behind it is bound in JNDI, if anything is. */
    @Override
    public void setReference(Reference reference) {
        connections.setReference(reference);
    }

    @Override
    public Reference getReference() throws NamingException {
        return connections.getReference();
    }
}
