package dev.mailroom.session;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpConnectionFactory;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** A session in the registry. Its settings never change: a start with other settings opens another session. */
final class OpenSession implements SmtpSession {
    private final String id;
    private final Caller owner;
    private final Caller openedBy;
    private final String name;
    private final SmtpSettings settings;
    private final boolean asynchronous;
    private final boolean named;
    private final MailDefaults defaults;
    private final SmtpConnectionFactory connections;
    private final LongSupplier nanoTime;
    private volatile long lastUsed;
    /** Guarded by the registry's lock. */
    private int holders;
    /** Guarded by the registry's lock. */
    private boolean superseded;

    private OpenSession(String id, Caller owner, Caller openedBy, String name, SmtpSettings settings,
            boolean asynchronous, boolean named, MailDefaults defaults, SmtpConnectionFactory connections,
            LongSupplier nanoTime) {
        this.id = id;
        this.owner = owner;
        this.openedBy = openedBy;
        this.name = name;
        this.settings = settings;
        this.asynchronous = asynchronous;
        this.named = named;
        this.defaults = defaults;
        this.connections = connections;
        this.nanoTime = nanoTime;
        touch();
    }

    /**
     * A session of a caller's.
     *
     * @param owner who finds it
     * @param openedBy whose share it counts for
     */
    static OpenSession of(Caller owner, Caller openedBy, SmtpSettings settings, boolean asynchronous,
            SmtpConnectionFactory connections, LongSupplier nanoTime) {
        return new OpenSession(UUID.randomUUID().toString(), owner, openedBy, settings.user(), settings, asynchronous,
                false, MailDefaults.NONE, connections, nanoTime);
    }

    /** A session of the administrator's; its name is its id. */
    static OpenSession named(NamedSession session, SmtpConnectionFactory connections, LongSupplier nanoTime) {
        return new OpenSession(session.name(), Caller.ANONYMOUS, Caller.ANONYMOUS, session.name(), session.settings(),
                session.asynchronous(), true, session.defaults(), connections, nanoTime);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    Caller owner() {
        return owner;
    }

    Caller openedBy() {
        return openedBy;
    }

    @Override
    public SmtpSettings settings() {
        return settings;
    }

    @Override
    public boolean asynchronous() {
        return asynchronous;
    }

    @Override
    public boolean named() {
        return named;
    }

    @Override
    public MailDefaults defaults() {
        return defaults;
    }

    /** Whether a start with these arguments is one more holder of it. */
    boolean same(SmtpSettings asked, boolean asynchronously) {
        return settings.equals(asked) && asynchronous == asynchronously;
    }

    @Override
    public Receipt send(Mail mail) throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings)) {
            return connection.send(mail);
        } finally {
            touch();
        }
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes)
            throws SmtpException {
        try (SmtpConnection connection = connections.getConnection(settings)) {
            connection.sendAll(mails, outcomes);
        } finally {
            touch();
        }
    }

    /** One more holder. */
    void hold() {
        holders++;
        superseded = false;
        touch();
    }

    /** One holder fewer; whether it was the last. */
    boolean unhold() {
        return --holders <= 0;
    }

    /** Its name was started again with other settings: these are not expected to be used again. */
    void supersede() {
        superseded = true;
    }

    boolean superseded() {
        return superseded;
    }

    void touch() {
        lastUsed = nanoTime.getAsLong();
    }

    long idleNanos() {
        return nanoTime.getAsLong() - lastUsed;
    }

    @Override
    public String toString() {
        return name + " of " + owner;
    }
}
