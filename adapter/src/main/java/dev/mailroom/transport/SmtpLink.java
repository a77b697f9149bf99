package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.smtp.Capabilities;
import dev.mailroom.smtp.Dialogue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** An open connection: a wire, the dialogue on it, and who may close it when. */
final class SmtpLink implements SmtpTransport {
    private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FAREWELL = Duration.ofMillis(200);

    private enum State { IDLE, IN_USE, CLOSED }

    private final SocketWire wire;
    private final Dialogue dialogue;
    private final String serverName;
    private final Capabilities offered;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private volatile TimeoutSettings timeouts;
    private boolean surprised;

    SmtpLink(SocketWire wire, Dialogue dialogue, String serverName, Capabilities offered, TimeoutSettings timeouts) {
        this.wire = wire;
        this.dialogue = dialogue;
        this.serverName = serverName;
        this.offered = offered;
        this.timeouts = timeouts;
    }

    @Override
    public Outcome send(Mail mail, Deadline deadline) {
        enter();
        try {
            wire.bound(deadline);
            return dialogue.send(mail);
        } finally {
            exit();
        }
    }

    @Override
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        enter();
        try {
            dialogue.sendAll(new Timed(mails), outcomes);
        } finally {
            exit();
        }
    }

    /** Each mail of a stream gets the time of a whole send; the time that the iterator takes is not the server's. */
    private final class Timed implements Iterator<Mail> {
        private final Iterator<Mail> mails;

        Timed(Iterator<Mail> mails) {
            this.mails = mails;
        }

        @Override
        public boolean hasNext() {
            boolean more = mails.hasNext();
            wire.bound(Deadline.after(timeouts.send()));
            return more;
        }

        @Override
        public Mail next() {
            Mail mail = mails.next();
            wire.bound(Deadline.after(timeouts.send()));
            return mail;
        }
    }

    @Override
    public boolean reusable() {
        return state.get() == State.IDLE && !surprised && dialogue.usable();
    }

    @Override
    public boolean lostBeforeContent() {
        return dialogue.lostBeforeContent();
    }

    @Override
    public boolean quiet() {
        surprised |= !reusable() || !dialogue.quiet() || !wire.quiet();
        return !surprised;
    }

    @Override
    public boolean probe(Duration longest) {
        if (!reusable()) {
            return false;
        }
        enter();
        try {
            wire.bound(Deadline.after(longest));
            return dialogue.probe();
        } finally {
            exit();
        }
    }

    @Override
    public void use(TimeoutSettings other) {
        timeouts = other;
        wire.use(other);
    }

    @Override
    public String serverName() {
        return serverName;
    }

    @Override
    public List<String> extensions() {
        return offered.lines();
    }

    private void enter() {
        if (state.compareAndExchange(State.IDLE, State.IN_USE) == State.IN_USE) {
            throw new IllegalStateException("this connection is used by another thread at this moment");
        }
    }

    private void exit() {
        state.compareAndSet(State.IN_USE, State.IDLE);
    }

    @Override
    public void close() {
        boolean idle = reusable();
        State before = state.getAndSet(State.CLOSED);
        if (idle && before == State.IDLE) {
            farewell();
        }
        wire.close();
    }

    /** An idle connection has nothing in its send buffer: these few octets fit, nobody waits. */
    private void farewell() {
        try {
            wire.bound(Deadline.after(FAREWELL));
            wire.write(QUIT, 0, QUIT.length);
        } catch (IOException e) {
            // Then without good-bye.
        }
    }
}
