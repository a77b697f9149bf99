package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSessions;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.reading.FetchedMail;
import dev.mailroom.reading.MailReader;
import dev.mailroom.reading.Move;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.spool.SpoolException;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The functions that receive, and what every mail function has in common: its caller, and the error it ends with. */
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
abstract class ReceivingFunctions extends VariableForms {
    // Injected into fields: not every container injects into an EJB's constructor, and the EJB inherits these.
    @Inject
    CallingPrincipal principal;
    @Inject
    SmtpSessions sessions;
    @Inject
    ReceivingSessions mailboxes;
    @Inject
    CallerStates states;

    /** For the container. */
    ReceivingFunctions() {
        // Everything is injected.
    }

    ReceivingFunctions(CallingPrincipal principal, SmtpSessions sessions, ReceivingSessions mailboxes,
            CallerStates states) {
        this.principal = principal;
        this.sessions = sessions;
        this.mailboxes = mailboxes;
        this.states = states;
    }

    @Override
    public boolean emailStartPOP3Session(
            String username, String password, String pop3Server, int port, EmailOption option) {
        return attempt("EmailStartPOP3Session", call -> startMailbox(call,
                MailboxRequest.of(MailProtocol.POP3, username, password, pop3Server, port, option)));
    }

    @Override
    public boolean emailStartIMAPSession(
            String username, String password, String imapServer, int port, EmailOption option) {
        return attempt("EmailStartIMAPSession", call -> startMailbox(call,
                MailboxRequest.of(MailProtocol.IMAP, username, password, imapServer, port, option)));
    }

    @Override
    public boolean emailStartSession(EmailReceivingSession session) {
        return attempt("EmailStartSession", call -> {
            ReceivingSession started = startMailbox(call, MailboxRequest.of(session));
            Optional<ReceivingSession> left = mailboxes.open(call.caller(), session.getId());
            session.startedAs(started.id());
            if (left.isPresent()) {
                // A variable is one holder of one session, so that it is given back exactly once.
                mailboxes.close(call.caller(), left.get());
            }
        });
    }

    ReceivingSession startMailbox(Call call, MailboxRequest request) throws SmtpException, SessionRefusedException {
        ReceivingSession started = mailboxes.start(
                call.caller(), request.settings(mailboxes, call.state().defaults()));
        call.state().mailboxStarted(started.name(), started.id());
        return started;
    }

    @Override
    public void emailCloseSession(EmailReceivingSession session) {
        attempt("EmailCloseSession", call -> {
            ReceivingSession mailbox = receiving(call, EmailReceivingSession.key(session));
            // Others may hold the same session: it stays open for them.
            session.closed();
            mailboxes.close(call.caller(), mailbox);
        });
    }

    @Override
    public int emailMessageCount(String username) {
        return perform("EmailMessageCount", -1, call -> Answer.of(receiving(call, username).count())).value();
    }

    @Override
    public long emailMessageSize(String username, int number) {
        return perform("EmailMessageSize", -1L, call -> {
            ReceivingSession mailbox = receiving(call, username);
            MessageEntry entry = mailbox.entry(number).orElseThrow(() -> Arguments.bad("the argument <Number> is "
                    + number + ", and the mailbox \"" + mailbox.name() + "\" has no such mail; pass a number between 1 "
                    + "and emailMessageCount of a mail that is not deleted"));
            return Answer.of(entry.size());
        }).value();
    }

    @Override
    public boolean emailReadMessage(String username, Email email, int number) {
        return read("EmailReadMessage", username, email, false, reader -> reader.read(number));
    }

    @Override
    public boolean emailReadMessageHeader(String username, Email email, int number) {
        return read("EmailReadMessageHeader", username, email, true, reader -> reader.read(number));
    }

    @Override
    public boolean emailReadFirst(String username, Email email) {
        return read("EmailReadFirst", username, email, false, reader -> reader.read(Move.FIRST));
    }

    @Override
    public boolean emailReadNext(String username, Email email) {
        return read("EmailReadNext", username, email, false, reader -> reader.read(Move.NEXT));
    }

    @Override
    public boolean emailReadPrevious(String username, Email email) {
        return read("EmailReadPrevious", username, email, false, reader -> reader.read(Move.PREVIOUS));
    }

    @Override
    public boolean emailReadLast(String username, Email email) {
        return read("EmailReadLast", username, email, false, reader -> reader.read(Move.LAST));
    }

    @Override
    public boolean emailReadFirstHeader(String username, Email email) {
        return read("EmailReadFirstHeader", username, email, true, reader -> reader.read(Move.FIRST));
    }

    @Override
    public boolean emailReadNextHeader(String username, Email email) {
        return read("EmailReadNextHeader", username, email, true, reader -> reader.read(Move.NEXT));
    }

    @Override
    public boolean emailReadPreviousHeader(String username, Email email) {
        return read("EmailReadPreviousHeader", username, email, true, reader -> reader.read(Move.PREVIOUS));
    }

    @Override
    public boolean emailReadLastHeader(String username, Email email) {
        return read("EmailReadLastHeader", username, email, true, reader -> reader.read(Move.LAST));
    }

    /** Which mail a function reads. */
    private interface MailChoice {
        Optional<FetchedMail> read(MailReader reader) throws SmtpException;
    }

    private boolean read(String name, String username, Email email, boolean headerOnly, MailChoice choice) {
        return into(name, email, call -> choice.read(new MailReader(receiving(call, username), headerOnly)));
    }

    /** Finds the mail that a function reads. */
    interface MailSource {
        Optional<FetchedMail> find(Call call) throws SmtpException, SessionRefusedException, MailFunctionException;
    }

    /** Reads a mail into an Email, which is out where there is none. */
    boolean into(String name, Email email, MailSource source) {
        Answer<Optional<FetchedMail>> answer = perform(name, Optional.empty(), call -> {
            Arguments.email(email, new EmailSendOption[0]);
            return Answer.of(source.find(call));
        });
        if (email != null) {
            answer.value().ifPresent(email::received);
            email.readingEnded(answer.value().isEmpty() && answer.error().isEmpty(), answer.error());
        }
        return answer.value().isPresent();
    }

    @Override
    public boolean emailDeleteMessage(String username) {
        return delete(username, Optional.empty());
    }

    @Override
    public boolean emailDeleteMessage(String username, int number) {
        return delete(username, Optional.of(number));
    }

    private boolean delete(String username, Optional<Integer> number) {
        return perform("EmailDeleteMessage", false, call -> {
            ReceivingSession mailbox = receiving(call, username);
            int which = number.orElseGet(mailbox::position);
            boolean deleted = mailbox.delete(which);
            // Either way there is no such mail now.
            call.state().email().readingEnded(true, Optional.empty());
            return Answer.of(deleted);
        }).value();
    }

    /** The session that a name or a variable stands for. */
    ReceivingSession receiving(Call call, String session)
            throws MailFunctionException, SmtpException, SessionRefusedException {
        if (session != null && session.startsWith(EmailReceivingSession.NOT_STARTED)) {
            String shown = session.substring(EmailReceivingSession.NOT_STARTED.length());
            throw shown.equals("null") ? Arguments.bad("the argument <Session> is null; pass an EmailPOP3Session or an"
                    + " EmailIMAPSession") : new MailFunctionException(Code.NO_SUCH_SESSION, "the session variable of "
                    + shown + " is not started: pass it to emailStartSession before; it may have been closed");
        }
        String name = Arguments.username(session);
        Optional<ReceivingSession> own = own(call, name);
        return own.isPresent() ? own.get() : mailboxes.findOrOpen(call.caller(), name, principal::isInRole);
    }

    private Optional<ReceivingSession> own(Call call, String name) {
        return call.state().mailboxId(name).or(() -> Optional.of(name))
                .flatMap(id -> mailboxes.open(call.caller(), id));
    }

    /** The receiving session of that name, if one is open. */
    Optional<ReceivingSession> mailbox(Call call, String username) throws MailFunctionException {
        String name = Arguments.username(username);
        Optional<ReceivingSession> own = own(call, name);
        try {
            return own.isPresent() ? own : Optional.of(mailboxes.find(call.caller(), name));
        } catch (SessionRefusedException e) {
            return Optional.empty();
        }
    }

    boolean attempt(String name, Action action) {
        return perform(name, false, call -> {
            action.run(call);
            return Answer.of(true);
        }).value();
    }

    /** Runs a function; an exception that ends it becomes this caller's error. */
    <T> Answer<T> perform(String name, T failed, Function<T> function) {
        Caller caller = principal.caller();
        var call = new Call(caller, sessions.owner(caller), state(caller));
        call.state().clearError();
        Answer<T> answer;
        try {
            answer = function.run(call);
        } catch (SmtpException | SessionRefusedException | SpoolException | MailFunctionException
                | RuntimeException | LinkageError e) {
            answer = new Answer<>(failed, Errors.of(name, e));
        }
        answer.error().ifPresent(call.state()::fail);
        return answer;
    }

    CallerState state(Caller caller) {
        return states.of(caller, contextData());
    }

    /** The context data of the current EJB invocation; empty = this is no call of an EJB. */
    Map<String, Object> contextData() {
        return Map.of();
    }

    /**
     * Who calls, and what is kept for him.
     *
     * @param owner for whom sessions and mails of this caller are kept
     */
    record Call(Caller caller, Caller owner, CallerState state) {
    }

    /**
     * What a mail function answers.
     *
     * @param value its result
     * @param error what {@code errorInfo()} tells afterwards; empty = nothing went wrong
     */
    record Answer<T>(T value, Optional<MailError> error) {
        Answer {
            Objects.requireNonNull(value, "value");
        }

        Answer(T value, MailError error) {
            this(value, Optional.of(error));
        }

        static <T> Answer<T> of(T value) {
            return new Answer<>(value, Optional.empty());
        }
    }

    /** A mail function. */
    interface Function<T> {
        Answer<T> run(Call call)
                throws SmtpException, SessionRefusedException, SpoolException, MailFunctionException;
    }

    /** A mail function that answers whether it succeeded. */
    interface Action {
        void run(Call call) throws SmtpException, SessionRefusedException, SpoolException, MailFunctionException;
    }

    @Override
    public Email email() {
        return state(principal.caller()).email();
    }

    @Override
    public Optional<MailError> lastError() {
        return state(principal.caller()).error();
    }
}
