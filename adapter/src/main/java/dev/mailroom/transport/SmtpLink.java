package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.smtp.Dialogue;
import dev.mailroom.smtp.ReplyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** An open connection: a wire, the dialogue on it, and who may close it when. */
final class SmtpLink implements SmtpTransport {
    private static final byte[] QUIT = "QUIT\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration FAREWELL = Duration.ofMillis(200);

    private enum LinkState { IDLE, IN_USE, CLOSED }

    private final SocketWire wire;
    private final ReplyReader replies;
    private final Dialogue dialogue;
    private final String serverName;
    private final boolean authenticated;
    private final AtomicReference<LinkState> state = new AtomicReference<>(LinkState.IDLE);
    private volatile TimeoutSettings timeouts;
    private boolean surprised;

    SmtpLink(SocketWire wire, ReplyReader replies, Dialogue dialogue, String serverName, boolean authenticated,
            TimeoutSettings timeouts) {
        this.wire = wire;
        this.replies = replies;
        this.dialogue = dialogue;
        this.serverName = serverName;
        this.authenticated = authenticated;
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
            dialogue.sendAll(new Timed(mails), (mail, outcome) -> {
                outcomes.accept(mail, outcome);
                // Several mails wait for their replies, each with a time of its own.
                wire.bound(Deadline.after(timeouts.send()));
            });
        } finally {
            exit();
        }
    }

    /** Each mail of a stream gets the time of a whole send; the time that the iterator takes does not count. */
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
        return state.get() == LinkState.IDLE && !surprised && dialogue.usable();
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
    public void use(SmtpSettings settings) {
        timeouts = settings.timeouts();
        wire.use(timeouts);
        replies.mask(new SecretMask(settings.secret()));
    }

    @Override
    public void rest() {
        replies.mask(UnaryOperator.identity());
    }

    @Override
    public String serverName() {
        return serverName;
    }

    @Override
    public boolean authenticated() {
        return authenticated;
    }

    private void enter() {
        if (state.compareAndExchange(LinkState.IDLE, LinkState.IN_USE) == LinkState.IN_USE) {
            throw new IllegalStateException("this connection is used by another thread at this moment");
        }
    }

    private void exit() {
        state.compareAndSet(LinkState.IN_USE, LinkState.IDLE);
    }

    @Override
    public void close() {
        boolean idle = !surprised && dialogue.inStep();
        LinkState before = state.getAndSet(LinkState.CLOSED);
        if (idle && before == LinkState.IDLE) {
            farewell();
        }
        wire.close();
    }

    /** An idle connection has nothing in its send buffer: these few octets fit, so that writing does not block. */
    private void farewell() {
        try {
            wire.bound(Deadline.after(FAREWELL));
            wire.write(QUIT, 0, QUIT.length);
        } catch (IOException e) {
            // Then without good-bye.
        }
    }
}
