package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.transport.SmtpTransport;
import dev.mailroom.transport.TransportFactory;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiConsumer;

/** Transports whose behaviour a test sets; they touch no network. */
final class FakeTransports implements TransportFactory {
    final List<FakeTransport> opened = new ArrayList<>();
    final Deque<SmtpException> refusals = new ArrayDeque<>();
    /** What else happens in the server while the next connection is opened. */
    Runnable meanwhile = () -> { };

    @Override
    public SmtpTransport open(SmtpSettings settings, Deadline deadline) throws SmtpException {
        if (!refusals.isEmpty()) {
            throw refusals.pop();
        }
        FakeTransport transport = new FakeTransport(settings);
        opened.add(transport);
        meanwhile.run();
        return transport;
    }

    static Failure failure(Phase phase, SmtpReply reply, boolean reusable) {
        Delivery delivery = reply.isPresent() ? Delivery.REJECTED : Delivery.NOT_SENT;
        return new Failure(phase, "it failed at " + phase.words(), delivery, reusable, reply, List.of(), "host", 25);
    }

    /** Sends everything until told otherwise. */
    static final class FakeTransport implements SmtpTransport {
        final SmtpSettings settings;
        final List<Mail> sent = new ArrayList<>();
        final List<Deadline> deadlines = new ArrayList<>();
        TimeoutSettings timeouts;
        boolean answers = true;
        boolean lost;
        boolean broken;
        boolean closed;
        private boolean lostBeforeContent;

        FakeTransport(SmtpSettings settings) {
            this.settings = settings;
            this.timeouts = settings.timeouts();
        }

        @Override
        public Outcome send(Mail mail, Deadline deadline) {
            deadlines.add(deadline);
            lostBeforeContent = lost;
            if (lost) {
                return failure(Phase.MAIL, SmtpReply.NONE, false);
            }
            if (broken) {
                return failure(Phase.FINAL_DOT, SmtpReply.NONE, false);
            }
            sent.add(mail);
            return new Receipt(SmtpReply.of(250, "2.0.0 Ok"), List.of());
        }

        @Override
        public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
            while (mails.hasNext()) {
                Mail mail = mails.next();
                outcomes.accept(mail, send(mail, Deadline.NEVER));
            }
        }

        @Override
        public boolean reusable() {
            return !lost && !broken && !closed;
        }

        @Override
        public boolean lostBeforeContent() {
            return lostBeforeContent;
        }

        @Override
        public boolean quiet() {
            return !lost;
        }

        @Override
        public boolean probe(Duration longest) {
            return answers && !lost;
        }

        @Override
        public void use(SmtpSettings other) {
            timeouts = other.timeouts();
        }

        @Override
        public void rest() {
            // it has no secret
        }

        @Override
        public String serverName() {
            return "mx.example.org";
        }

        @Override
        public boolean authenticated() {
            return settings.secret().kind() != Secret.Kind.NONE;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
