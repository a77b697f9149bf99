package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Sessions in memory whose server does what the test says. */
final class FakeSessions implements SmtpSessions {
    /** What a server does with a mail. */
    interface Server {
        Receipt receive(Mail mail) throws SmtpException;
    }

    /** What a server does with a stream. */
    interface Stream {
        Outcome receive(Mail mail, int accepted);

        default void connected() throws SmtpException {
            // It is there.
        }
    }

    static final int WINDOW = 4;
    /** What the mails in flight end with when a connection is lost. */
    static final Failure LOST = new Failure(Phase.MAIL, "the connection was lost", Delivery.NOT_SENT, false,
            SmtpReply.NONE, List.of(), "host", 25);
    static final Receipt ACCEPTED = new Receipt(SmtpReply.of(250, "2.0.0 queued as 1"), List.of());

    private record Key(Caller caller, String user) {
    }

    private final Map<Key, SmtpSettings> open = new HashMap<>();
    final List<Mail> received = new ArrayList<>();
    Server server = mail -> ACCEPTED;
    Stream stream = (mail, accepted) -> ACCEPTED;
    int streams;
    Exception startFailure;
    boolean asynchronous;
    List<String> rolesAsked = new ArrayList<>();

    SmtpSettings settings(Caller caller, String user) {
        return open.get(new Key(caller, user));
    }

    @Override
    public SmtpSession start(Caller caller, SmtpSettings settings, boolean async)
            throws SmtpException, SessionRefusedException {
        if (startFailure instanceof SmtpException e) {
            throw e;
        }
        if (startFailure instanceof SessionRefusedException e) {
            throw e;
        }
        open.put(new Key(caller, settings.user()), settings);
        asynchronous |= async;
        return session(settings);
    }

    @Override
    public SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException {
        if (inRole.test("mailer")) {
            rolesAsked.add(user);
        }
        return session(known(caller, user));
    }

    @Override
    public Optional<SmtpSession> named(String name) {
        return Optional.empty();
    }

    @Override
    public void close(Caller caller, String user) throws SessionRefusedException {
        known(caller, user);
        open.remove(new Key(caller, user));
    }

    private SmtpSettings known(Caller caller, String user) throws SessionRefusedException {
        SmtpSettings settings = open.get(new Key(caller, user));
        if (settings == null) {
            throw new SessionRefusedException(Reason.NO_SUCH_SESSION, "no session " + user + " is open");
        }
        return settings;
    }

    @Override
    public SmtpSettings defaults(String user, String host, int port) {
        return SmtpSettings.of(user, host, port);
    }

    @Override
    public Duration replyTimeoutCeiling() {
        return Duration.ofSeconds(900);
    }

    private SmtpSession session(SmtpSettings settings) {
        return new SmtpSession() {
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
                return asynchronous;
            }

            @Override
            public Receipt send(Mail mail) throws SmtpException {
                received.add(mail);
                return server.receive(mail);
            }

            @Override
            public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes)
                    throws SmtpException {
                stream.connected();
                streams++;
                List<Mail> taken = new ArrayList<>();
                boolean usable = true;
                while (usable && mails.hasNext()) {
                    taken.clear();
                    while (taken.size() < WINDOW && mails.hasNext()) {
                        taken.add(mails.next());
                    }
                    for (Mail mail : taken) {
                        Outcome outcome = usable ? stream.receive(mail, received.size()) : LOST;
                        usable &= !(outcome instanceof Failure failure) || failure.reusable();
                        if (outcome.delivery() == Delivery.SENT) {
                            received.add(mail);
                        }
                        outcomes.accept(mail, outcome);
                    }
                }
            }
        };
    }
}
