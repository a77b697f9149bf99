package dev.mailroom.spool;

import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import java.util.Iterator;
import java.util.function.BiConsumer;

/** A session restored from its sealed settings after a restart: sends what was accepted, and is found by nobody. */
final class SealedSession implements SmtpSession {
    private final SmtpSettings settings;
    private final SmtpConnectionFactory connections;

    SealedSession(SmtpSettings settings, SmtpConnectionFactory connections) {
        this.settings = settings;
        this.connections = connections;
    }

    @Override
    public String name() {
        return settings.user();
    }

    @Override
    public SmtpSettings settings() {
        return settings;
    }

    @Override
    public boolean asynchronous() {
        return true;
    }

    @Override
    public Receipt send(Mail mail) throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings)) {
            return connection.send(mail);
        }
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes)
            throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings)) {
            connection.sendAll(mails, outcomes);
        }
    }
}
