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
import java.util.Iterator;
import java.util.List;
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

    /** A session that a caller has open. */
    private record Open(String id, Caller caller, SmtpSettings settings, boolean asynchronous) {
    }

    private final List<Open> open = new ArrayList<>();
    final List<Mail> received = new ArrayList<>();
    Server server = mail -> ACCEPTED;
    Stream stream = (mail, accepted) -> ACCEPTED;
    int streams;
    /** What the administrator has set for all of them. */
    SmtpSession.MailDefaults defaults = SmtpSession.MailDefaults.NONE;
    Exception startFailure;
    /** Whose session each mail went over. */
    final List<SmtpSettings> carriers = new ArrayList<>();
    /** Whether the administrator lets the application share its sessions. */
    boolean shared;
    private int started;
    List<String> rolesAsked = new ArrayList<>();

    SmtpSettings settings(Caller caller, String user) {
        return latest(caller, user).orElseThrow().settings();
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
        // The same settings: one more holder, who is one more entry.
        Open session = open.stream().filter(one -> one.caller().equals(owner(caller)) && one.asynchronous() == async
                && one.settings().equals(settings)).findFirst()
                .orElseGet(() -> new Open(String.valueOf(++started), owner(caller), settings, async));
        open.add(session);
        return session(session);
    }

    @Override
    public SmtpSession find(Caller caller, String user, Predicate<String> inRole) throws SessionRefusedException {
        if (inRole.test("mailer")) {
            rolesAsked.add(user);
        }
        return session(latest(caller, user).orElseThrow(() -> none(user)));
    }

    @Override
    public Optional<SmtpSession> open(Caller caller, String id) {
        return open.stream().filter(one -> one.id().equals(id) && one.caller().equals(owner(caller)))
                .findFirst().map(this::session);
    }

    @Override
    public List<SmtpSession> open(Caller caller) {
        return open.stream().filter(one -> one.caller().equals(owner(caller))).map(this::session).toList();
    }

    @Override
    public List<String> names(SmtpSession session) {
        return List.of();
    }

    @Override
    public Optional<SmtpSession> named(String name) {
        return Optional.empty();
    }

    @Override
    public SmtpSession restored(SmtpSettings settings) {
        return session(new Open("restored", Caller.ANONYMOUS, settings, true));
    }

    @Override
    public void close(Caller caller, String user) throws SessionRefusedException {
        open.remove(latest(caller, user).orElseThrow(() -> none(user)));
    }

    @Override
    public void close(Caller caller, SmtpSession session) throws SessionRefusedException {
        open.remove(open.stream().filter(one -> one.id().equals(session.id()) && one.caller().equals(owner(caller)))
                .findFirst().orElseThrow(() -> none(session.name())));
    }

    @Override
    public Caller owner(Caller caller) {
        return shared ? Caller.ANONYMOUS : caller;
    }

    private Optional<Open> latest(Caller caller, String user) {
        return open.stream().filter(one -> one.caller().equals(owner(caller)) && one.settings().user().equals(user))
                .reduce((earlier, later) -> later);
    }

    private static SessionRefusedException none(String user) {
        return new SessionRefusedException(Reason.NO_SUCH_SESSION, "no session " + user + " is open");
    }

    @Override
    public SmtpSettings defaults(String user, String host, int port) {
        return SmtpSettings.of(user, host, port);
    }

    @Override
    public Duration replyTimeoutCeiling() {
        return Duration.ofSeconds(900);
    }

    private SmtpSession session(Open session) {
        return new SmtpSession() {
            @Override
            public String id() {
                return session.id();
            }

            @Override
            public String name() {
                return session.settings().user();
            }

            @Override
            public SmtpSettings settings() {
                return session.settings();
            }

            @Override
            public boolean asynchronous() {
                return session.asynchronous();
            }

            @Override
            public MailDefaults defaults() {
                return defaults;
            }

            @Override
            public Receipt send(Mail mail) throws SmtpException {
                received.add(mail);
                carriers.add(session.settings());
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
