package dev.mailroom.spool.drain;

import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A session without a network: mails in flight, as many as wanted, each answered by a function. */
class FakeSession implements SmtpSession {
    static final Receipt OK = new Receipt(SmtpReply.of(250, "2.0.0 ok"), List.of());

    final ConcurrentLinkedQueue<String> recipients = new ConcurrentLinkedQueue<>();
    private final int inFlight;
    private final Function<Mail, Outcome> server;
    private final String host;
    private volatile Failure refusal;

    FakeSession(int inFlight, Function<Mail, Outcome> server) {
        this(inFlight, server, "mx.example.org");
    }

    FakeSession(int inFlight, Function<Mail, Outcome> server, String host) {
        this.inFlight = inFlight;
        this.server = server;
        this.host = host;
    }

    static FakeSession accepting() {
        return new FakeSession(1, mail -> OK);
    }

    /** No connection can be had from now on. */
    void refuse(Failure failure) {
        refusal = failure;
    }

    /** Connections can be had again. */
    void recover() {
        refusal = null;
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes)
            throws SmtpException {
        Failure current = refusal;
        if (current != null) {
            throw new SmtpException(current);
        }
        Deque<Mail> flying = new ArrayDeque<>();
        while (mails.hasNext()) {
            flying.add(mails.next());
            took(flying.size());
            if (flying.size() >= inFlight) {
                land(flying.remove(), outcomes);
            }
        }
        while (!flying.isEmpty()) {
            land(flying.remove(), outcomes);
        }
    }

    /** So many mails are in flight. */
    void took(int flying) {
        // Who wants to know.
    }

    private void land(Mail mail, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        Outcome outcome = server.apply(mail);
        if (outcome instanceof Receipt) {
            recipients.addAll(mail.envelope().forwardPaths());
        }
        outcomes.accept(mail, outcome);
    }

    @Override
    public Receipt send(Mail mail) {
        throw new UnsupportedOperationException("the spool sends streams");
    }

    @Override
    public String id() {
        return name();
    }

    @Override
    public String name() {
        return "ann";
    }

    @Override
    public SmtpSettings settings() {
        return SmtpSettings.of("ann", host, 25);
    }

    @Override
    public boolean asynchronous() {
        return true;
    }
}
