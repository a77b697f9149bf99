package dev.mailroom.session;

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
import java.util.function.LongSupplier;

/** A session in the registry. Settings may be replaced by a later start; a send under way keeps those it began with. */
final class OpenSession implements SmtpSession {
    private final String name;
    private final SmtpConnectionFactory connections;
    private final LongSupplier nanoTime;
    private final boolean named;
    private volatile Terms terms;
    private volatile long lastUsed;
    /** Guarded by the registry's lock. */
    private int holders;

    /** What a start can replace, always together. */
    private record Terms(SmtpSettings settings, boolean asynchronous) {
    }

    OpenSession(String name, SmtpSettings settings, boolean asynchronous, SmtpConnectionFactory connections,
            LongSupplier nanoTime) {
        this(name, false, new Terms(settings, asynchronous), connections, nanoTime);
    }

    private OpenSession(String name, boolean named, Terms terms, SmtpConnectionFactory connections,
            LongSupplier nanoTime) {
        this.name = name;
        this.named = named;
        this.connections = connections;
        this.nanoTime = nanoTime;
        this.terms = terms;
        touch();
    }

    static OpenSession named(NamedSession session, SmtpConnectionFactory connections, LongSupplier nanoTime) {
        return new OpenSession(session.name(), true, new Terms(session.settings(), session.asynchronous()),
                connections, nanoTime);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public SmtpSettings settings() {
        return terms.settings;
    }

    @Override
    public boolean asynchronous() {
        return terms.asynchronous;
    }

    @Override
    public boolean named() {
        return named;
    }

    @Override
    public Receipt send(Mail mail) throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings())) {
            return connection.send(mail);
        } finally {
            touch();
        }
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes)
            throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings())) {
            connection.sendAll(mails, outcomes);
        } finally {
            touch();
        }
    }

    /** One more holder, under these terms from now on. */
    void hold(SmtpSettings settings, boolean asynchronous) {
        terms = new Terms(settings, asynchronous);
        holders++;
        touch();
    }

    /** One holder fewer; whether it was the last. */
    boolean unhold() {
        return --holders <= 0;
    }

    void touch() {
        lastUsed = nanoTime.getAsLong();
    }

    long idleNanos() {
        return nanoTime.getAsLong() - lastUsed;
    }
}
