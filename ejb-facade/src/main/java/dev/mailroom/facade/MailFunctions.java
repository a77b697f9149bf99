package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.TrustMode;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.option.EmailAddressLevel;
import dev.mailroom.facade.option.EmailAddressResult;
import dev.mailroom.facade.auth.AuthToken;
import dev.mailroom.facade.request.SessionDefaults;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.secret.TokenException;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolException;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.ResolutionException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The facade as it is injected with {@code @Inject}. Deliberately not an EJB itself: a container may refuse every call
 * of an EJB in a transaction that is marked for rollback, {@code errorInfo()} included. What needs the container
 * (principal, roles, the spool's threads) are EJBs behind it; what the spool accepts joins the caller's transaction.
 */
@ApplicationScoped
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailFunctions extends MailboxFunctions {
    @Inject
    private MailSender sender;
    @Inject
    private MailStatuses statuses;

    /** For the container. */
    public MailFunctions() {
        // Everything is injected.
    }

    MailFunctions(CallingPrincipal principal, SmtpSessions sessions, ReceivingSessions mailboxes, CallerStates states,
            MailSender sender, MailStatuses statuses) {
        super(principal, sessions, mailboxes, states);
        this.sender = sender;
        this.statuses = statuses;
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, EmailMode mode, EmailOption option) {
        return attempt("EmailStartSMTPSession", call ->
                start(StartRequest.of(username, password, smtpServer, port, mode, option), call));
    }

    @Override
    public boolean emailStartSession(EmailSMTPSession session) {
        return attempt("EmailStartSession", call -> {
            SmtpSession started = start(StartRequest.of(session), call);
            Optional<SmtpSession> left = sessions.open(call.caller(), session.getId());
            session.startedAs(started.id());
            if (left.isPresent()) {
                // A variable is one holder of one session, so that it is given back exactly once.
                sessions.close(call.caller(), left.get());
            }
        });
    }

    @Override
    public boolean emailStartSession(String username, String password, String pop3Server, String smtpServer,
            int pop3Port, int smtpPort, EmailMode mode) {
        return attempt("EmailStartSession", call -> {
            StartRequest sending = StartRequest.of(
                    username, "", smtpServer, smtpPort, mode, EmailOption.EMAIL_OPTION_DEFAULT);
            ReceivingSession mailbox = startMailbox(call, MailboxRequest.of(MailProtocol.POP3, username, password,
                    pop3Server, pop3Port, EmailOption.EMAIL_OPTION_DEFAULT));
            boolean both = false;
            try {
                start(sending, call);
                both = true;
            } finally {
                if (!both) {
                    mailboxes.close(call.caller(), mailbox);
                }
            }
        });
    }

    private SmtpSession start(StartRequest request, Call call)
            throws MailFunctionException, SmtpException, SessionRefusedException, SpoolException {
        SmtpSession session = sessions.start(call.caller(), request.settings(sessions, call.state().defaults()),
                request.mode() == EmailMode.EMAIL_ASYNCHRONOUS);
        call.state().started(session.name(), session.id());
        sender.started(call.owner(), session);
        return session;
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSendMessage(EmailSMTPSession session, Email email, EmailSendOption... options) {
        return send("EmailSendMessage", call -> session(call, session), email, sender::send, options);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSendMessage(String username, Email email, EmailSendOption... options) {
        return send("EmailSendMessage", call -> session(call, username), email, sender::send, options);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSend(String username, Path file) {
        return send(call -> session(call, username), file);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean emailSend(EmailSMTPSession session, Path file) {
        return send(call -> session(call, session), file);
    }

    private boolean send(SessionOf session, Path file) {
        return send("EmailSend", session, email(),
                (owner, found, email) -> sender.send(owner, found, Arguments.mailFile(file), email));
    }

    /** How a mail leaves over a session. */
    private interface Departure {
        List<RecipientOutcome> of(Caller owner, SmtpSession session, Email email)
                throws SmtpException, SpoolException, MailFunctionException;
    }

    private boolean send(String name, SessionOf session, Email email, Departure departure,
            EmailSendOption... options) {
        if (email != null) {
            email.begins();
        }
        Answer<List<RecipientOutcome>> answer = perform(name, List.of(), call -> {
            // The options change only what a built source looks like: headers of sent mails are always encoded, and
            // Bcc is never written into them.
            Arguments.email(email, options);
            return Answer.of(departure.of(call.owner(), session.find(call), email));
        });
        if (email != null) {
            email.ended(answer.error().map(MailError::recipients).orElse(answer.value()), answer.error());
        }
        return answer.error().isEmpty();
    }

    @Override
    public boolean emailBuildSource(Email email, EmailSendOption... options) {
        return attempt("EmailBuildSource", call -> {
            Arguments.email(email, options);
            sender.build(email, List.of(options).contains(EmailSendOption.EMAIL_OPTION_HEADER_BCC));
        });
    }

    @Override
    void build(Email email) throws MailFunctionException {
        sender.build(email, false);
    }

    @Override
    public void emailCloseSession(String username) {
        attempt("EmailCloseSession", call -> {
            Optional<ReceivingSession> mailbox = mailbox(call, username);
            try {
                sessions.close(call.caller(), session(call, username, role -> true));
            } catch (SessionRefusedException e) {
                // Of one name there may be a session of either kind, or both.
                if (mailbox.isEmpty()) {
                    throw e;
                }
            }
            if (mailbox.isPresent()) {
                mailboxes.close(call.caller(), mailbox.get());
            }
        });
    }

    @Override
    public void emailCloseSession(EmailSMTPSession session) {
        attempt("EmailCloseSession", call -> {
            sessions.close(call.caller(), session(call, session));
            // Others may hold the same session: it stays open for them.
            session.closed();
        });
    }

    @Override
    public boolean authRefreshToken(AuthToken token) {
        return attempt("AuthRefreshToken", call -> {
            Arguments.present("Token", token, "an AuthToken");
            try {
                token.renew(call.state().defaults().timeOut()
                        .orElseGet(() -> sessions.defaults("any", "any", 25).timeouts().reply()));
            } catch (TokenException e) {
                throw new MailFunctionException(Code.SMTP, "no access token: " + e.getMessage());
            }
        });
    }

    @Override
    public boolean emailSetTimeOut(Duration silence) {
        return attempt("EmailSetTimeOut", call -> {
            Arguments.present("TimeOut", silence, "a Duration of whole seconds");
            Duration ceiling = sessions.replyTimeoutCeiling();
            if (silence.compareTo(Duration.ofSeconds(1)) < 0 || silence.compareTo(ceiling) > 0) {
                throw Arguments.bad("the timeout is " + Arguments.seconds(silence) + "; pass a number of seconds"
                        + " between 1 and " + ceiling.toSeconds() + ", the administrator's ceiling");
            }
            defaults(call).timeOut(silence);
        });
    }

    @Override
    public int emailGetTimeOut() {
        return perform("EmailGetTimeOut", 0, call -> Answer.of((int) call.state().defaults().timeOut()
                .orElseGet(() -> sessions.defaults("any", "localhost", 1).timeouts().reply()).toSeconds())).value();
    }

    @Override
    public boolean emailConfigure(EmailParameter parameter, int value) {
        return attempt("EmailConfigure", call -> {
            Arguments.present("Parameter", parameter, "EMAIL_PARAMETER_MODE, the only one there is");
            defaults(call).trust(switch (value) {
                case 0 -> TrustMode.SERVER;
                case 1 -> TrustMode.OWN;
                default -> throw Arguments.bad("the argument <Value> is " + value
                        + "; pass 0 for the server's trust anchors or 1 for the connector's own");
            });
        });
    }

    private SessionDefaults defaults(Call call) {
        return states.defaults(call.caller(), contextData());
    }

    @Override
    public EmailStatus emailStatus(long identifier) {
        return status(Optional.of(identifier).filter(number -> number > 0).map(MailIdentifier::new),
                Long.toString(identifier));
    }

    @Override
    public EmailStatus emailStatus(String identifier) {
        return status(MailStatuses.identifier(identifier), identifier);
    }

    @Override
    public boolean cancelSending(long identifier) {
        return attempt("cancelSending", call -> {
            if (identifier < 1) {
                throw Arguments.bad("the mail identifier is " + identifier
                        + "; pass what Email.getMailIdentifier said");
            }
            statuses.cancel(call.owner(), principal.isInRole(SpoolAdministration.ROLE), new MailIdentifier(identifier));
        });
    }

    private EmailStatus status(Optional<MailIdentifier> identifier, String shown) {
        return perform("EmailStatus", EmailStatus.EMAIL_UNKNOWN, call ->
                statuses.find(call.owner(), principal.isInRole(SpoolAdministration.ROLE), identifier)
                        .map(MailStatuses::answer).orElseGet(() -> MailStatuses.unknown(shown))).value();
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public CompletionStage<MailStatus> sendAsync(String username, Email email) {
        return sendAsync(call -> session(call, username), email);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public CompletionStage<MailStatus> sendAsync(EmailSMTPSession session, Email email) {
        return sendAsync(call -> session(call, session), email);
    }

    private CompletionStage<MailStatus> sendAsync(SessionOf session, Email email) {
        return send("SendAsync", call -> Arguments.asynchronous(session.find(call)), email, sender::send)
                ? statuses.completion(email)
                : CompletableFuture.failedStage(new MailRefusedException(lastError().orElseThrow()));
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean sendAll(String username, List<Email> emails) {
        return sendAll(call -> session(call, username), emails);
    }

    @Override
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean sendAll(EmailSMTPSession session, List<Email> emails) {
        return sendAll(call -> session(call, session), emails);
    }

    private boolean sendAll(SessionOf session, List<Email> emails) {
        return attempt("SendAll", call -> {
            Mailing mailing = new Mailing(Arguments.emails(emails));
            try {
                sender.send(call.owner(), session.find(call), mailing);
            } catch (SmtpException | SessionRefusedException | SpoolException | MailFunctionException
                    | RuntimeException e) {
                mailing.giveUp(Errors.of("SendAll", e));
            }
            mailing.complain();
        });
    }

    @Override
    public boolean emailImportSource(Email email) {
        return attempt("EmailImportSource", call -> {
            Arguments.email(email, new EmailSendOption[0]);
            if (email.getSourceBytes().length == 0) {
                throw Arguments.bad("Email.Source is empty; set it, or build or receive a mail before");
            }
            email.imported(MailParser.parse(email.getSourceBytes()));
        });
    }

    @Override
    public boolean emailImportHTML(Email email, String html, Path directory) {
        return attempt("EmailImportHTML", call -> {
            Arguments.email(email, new EmailSendOption[0]);
            EmailTranslator.inline(email, Arguments.present("HTML", html, "the HTML"), Arguments.directory(directory));
        });
    }

    @Override
    public EmailAddressResult emailCheckAddress(String address, EmailAddressLevel level) {
        return perform("EmailCheckAddress", EmailAddressResult.EMAIL_ADDRESS_ERROR, call ->
                Arguments.checked(Arguments.present("Address", address, "an address"),
                        Arguments.present("Level", level, "EMAIL_VALIDATE_SYNTAX"))).value();
    }

    @Override
    public void emailReset() {
        attempt("EmailReset", call -> call.state().email().reset());
    }

    private SmtpSession session(Call call, String username) throws MailFunctionException, SessionRefusedException {
        return session(call, username, principal::isInRole);
    }

    /** What this request, or thread, has started under that name goes before what the caller has started elsewhere. */
    private SmtpSession session(Call call, String username, Predicate<String> inRole)
            throws MailFunctionException, SessionRefusedException {
        String name = Arguments.username(username);
        Optional<SmtpSession> own = call.state().sessionId(name).flatMap(id -> sessions.open(call.caller(), id));
        return own.isPresent() ? own.get() : sessions.find(call.caller(), name, inRole);
    }

    /** A variable is the session that it was started as, whatever is open under its name. */
    private SmtpSession session(Call call, EmailSMTPSession variable) throws MailFunctionException {
        Arguments.present("Session", variable, "an EmailSMTPSession");
        return sessions.open(call.caller(), variable.getId()).orElseThrow(() -> new MailFunctionException(
                Code.NO_SUCH_SESSION, "the session variable of " + variable.shown() + " is not started: pass it to"
                        + " emailStartSession before; it may have been closed or have expired, or another caller has"
                        + " started it"));
    }

    /**
     * The facade of the application that the current thread works for: for variables, which cannot be injected into.
     *
     * @throws IllegalStateException where there is no application, or one without Mailroom
     */
    static MailFacade current() {
        try {
            return CDI.current().select(MailFacade.class).get();
        } catch (IllegalStateException | IllegalArgumentException | ResolutionException e) {
            throw new IllegalStateException("this needs an application of a Jakarta EE server that has Mailroom, on one"
                    + " of its threads; elsewhere pass the variable to the MailFacade that you have", e);
        }
    }

    /** Which session a caller means. */
    private interface SessionOf {
        SmtpSession find(Call call) throws SessionRefusedException, MailFunctionException;
    }
}
