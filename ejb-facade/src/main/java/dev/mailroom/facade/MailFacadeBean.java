package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSessions;
import dev.mailroom.TrustMode;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.ejb.Local;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The facade as an EJB. Joins a transaction where there is one and begins none: a synchronous mail needs none. */
@Stateless
@Local(MailFacade.class)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
@DeclareRoles(SpoolAdministration.ROLE)
public class MailFacadeBean implements MailFacade {
    /** The name of the principal that Payara gives to callers who are not authenticated. */
    private static final String UNAUTHENTICATED = "ANONYMOUS";

    private static final int DEFAULT_PORT = 25;

    @Resource
    private SessionContext context;
    @Inject
    private SmtpSessions sessions;
    @Inject
    private CallerStates states;
    @Inject
    private Sending sending;
    @Inject
    private Departure departure;
    @Inject
    private Enquiry enquiry;

    /** For the container. */
    public MailFacadeBean() {
        // Everything is injected.
    }

    MailFacadeBean(SessionContext context, SmtpSessions sessions, CallerStates states, Departure departure,
            Enquiry enquiry) {
        this.context = context;
        this.sessions = sessions;
        this.states = states;
        this.sending = new Sending(departure);
        this.departure = departure;
        this.enquiry = enquiry;
    }

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer) {
        return emailStartSMTPSession(username, null, smtpServer, DEFAULT_PORT);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String password, String smtpServer) {
        return emailStartSMTPSession(username, password, smtpServer, DEFAULT_PORT);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String smtpServer, int port) {
        return emailStartSMTPSession(username, null, smtpServer, port);
    }

    @Override
    public boolean emailStartSMTPSession(String username, String password, String smtpServer, int port) {
        return emailStartSMTPSession(username, password, smtpServer, port, EmailMode.EMAIL_SYNCHRONOUS);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, EmailMode mode) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode, EmailOption.EMAIL_OPTION_DEFAULT);
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, boolean asynchronous) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode(asynchronous));
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, boolean asynchronous, EmailOption option) {
        return emailStartSMTPSession(username, password, smtpServer, port, mode(asynchronous), option);
    }

    private static EmailMode mode(boolean asynchronous) {
        return asynchronous ? EmailMode.EMAIL_ASYNCHRONOUS : EmailMode.EMAIL_SYNCHRONOUS;
    }

    @Override
    public boolean emailStartSMTPSession(
            String username, String password, String smtpServer, int port, EmailMode mode, EmailOption option) {
        return attempt("EmailStartSMTPSession", (caller, state) ->
                start(StartRequest.of(username, password, smtpServer, port, mode, option), caller, state));
    }

    @Override
    public boolean emailStartSession(EmailSMTPSession session) {
        return attempt("EmailStartSession", (caller, state) -> start(StartRequest.of(session), caller, state));
    }

    private void start(StartRequest request, Caller caller, CallerState state)
            throws MailFunctionException, SmtpException, SessionRefusedException, SpoolException {
        departure.started(caller, sessions.start(
                caller, request.settings(sessions, state), request.mode() == EmailMode.EMAIL_ASYNCHRONOUS));
    }

    @Override
    public boolean emailSendMessage(String username) {
        return emailSendMessage(username, email());
    }

    @Override
    public boolean emailSendMessage(String username, Email email) {
        return emailSendMessage(username, email, new EmailSendOption[0]);
    }

    @Override
    public boolean emailSendMessage(EmailSMTPSession session) {
        return emailSendMessage(session, email());
    }

    @Override
    public boolean emailSendMessage(EmailSMTPSession session, Email email, EmailSendOption... options) {
        return send(() -> name(session), email, options);
    }

    @Override
    public boolean emailSendMessage(String username, Email email, EmailSendOption... options) {
        return send(() -> Arguments.username(username), email, options);
    }

    private boolean send(Name username, Email email, EmailSendOption... options) {
        List<RefusedRecipient> refused = new ArrayList<>();
        boolean sent = attempt("EmailSendMessage", (caller, state) -> {
            String name = username.get();
            // The options change only what a built source looks like: headers of sent mails are always encoded, and
            // Bcc is never written into them.
            Arguments.email(email, options);
            refused.addAll(sending.send(caller, sessions.find(caller, name, context::isCallerInRole), email));
        });
        if (email != null) {
            Optional<MailError> error = lastError();
            error.flatMap(MailError::failure).ifPresent(failure -> refused.addAll(failure.refused()));
            email.ended(refused, error);
        }
        return sent;
    }

    @Override
    public boolean emailBuildSource() {
        return emailBuildSource(email());
    }

    @Override
    public boolean emailBuildSource(Email email, EmailSendOption... options) {
        return attempt("EmailBuildSource", (caller, state) -> {
            Arguments.email(email, options);
            email.builtAs(sending.source(
                    email, List.of(options).contains(EmailSendOption.EMAIL_OPTION_HEADER_BCC)));
        });
    }

    @Override
    public void emailCloseSession(String username) {
        attempt("EmailCloseSession", (caller, state) -> sessions.close(caller, Arguments.username(username)));
    }

    @Override
    public void emailCloseSession(EmailSMTPSession session) {
        attempt("EmailCloseSession", (caller, state) -> sessions.close(caller, name(session)));
    }

    private static String name(EmailSMTPSession session) throws MailFunctionException {
        return Arguments.username(Arguments.present("Session", session, "an EmailSMTPSession").getName());
    }

    @Override
    public boolean emailSetTimeOut(int seconds) {
        return attempt("EmailSetTimeOut", (caller, state) -> {
            long ceiling = sessions.replyTimeoutCeiling().toSeconds();
            if (seconds < 1 || seconds > ceiling) {
                throw Arguments.bad("the timeout is " + seconds + "; pass a number of seconds between 1 and " + ceiling
                        + ", the administrator's ceiling");
            }
            state.timeOut(Duration.ofSeconds(seconds));
        });
    }

    @Override
    public int emailGetTimeOut() {
        long[] seconds = {0};
        attempt("EmailGetTimeOut", (caller, state) -> seconds[0] = state.timeOut()
                .orElseGet(() -> sessions.defaults("any", "localhost", DEFAULT_PORT).timeouts().reply()).toSeconds());
        return (int) seconds[0];
    }

    @Override
    public boolean emailConfigure(EmailParameter parameter, int value) {
        return attempt("EmailConfigure", (caller, state) -> {
            Arguments.present("Parameter", parameter, "EMAIL_PARAMETER_MODE, the only one there is");
            state.trust(switch (value) {
                case 0 -> TrustMode.SERVER;
                case 1 -> TrustMode.OWN;
                default -> throw Arguments.bad("the argument <Value> is " + value
                        + "; pass 0 for the server's trust anchors or 1 for the connector's own");
            });
        });
    }

    @Override
    public EmailStatus emailStatus(long identifier) {
        return status(() -> identifier < 1 ? Optional.empty() : Optional.of(new MailIdentifier(identifier)),
                Long.toString(identifier));
    }

    @Override
    public EmailStatus emailStatus(String identifier) {
        return status(() -> Optional.of(MailIdentifier.parse(identifier == null ? "" : identifier)), identifier);
    }

    private EmailStatus status(Supplier<Optional<MailIdentifier>> identifier, String shown) {
        EmailStatus[] status = {EmailStatus.EMAIL_ERROR};
        attempt("EmailStatus", (caller, state) -> {
            boolean administrator = context.isCallerInRole(SpoolAdministration.ROLE);
            status[0] = enquiry.status(caller, administrator, identifier.get(), shown);
        });
        return status[0];
    }

    @Override
    public CompletionStage<MailStatus> sendAsync(String username, Email email) {
        boolean accepted = attempt("SendAsync", (caller, state) -> enquiry.checkAsynchronous(
                sessions.find(caller, Arguments.username(username), context::isCallerInRole)));
        return accepted && emailSendMessage(username, email)
                ? enquiry.completion(email)
                : CompletableFuture.failedStage(new MailRefusedException(lastError().orElseThrow()));
    }

    @Override
    public boolean sendAll(String username, List<Email> emails) {
        return attempt("SendAll", (caller, state) -> {
            Mailing mailing = new Mailing(Arguments.emails(emails));
            try {
                sending.send(caller, sessions.find(caller, Arguments.username(username), context::isCallerInRole),
                        mailing);
            } catch (SmtpException | SessionRefusedException | SpoolException | MailFunctionException
                    | RuntimeException e) {
                mailing.giveUp(Errors.of("SendAll", e));
            }
            mailing.complain();
        });
    }

    @Override
    public Email email() {
        return state(caller()).email();
    }

    @Override
    public void emailReset() {
        attempt("EmailReset", (caller, state) -> state.email().reset());
    }

    @Override
    public boolean errorOccurred() {
        return lastError().isPresent();
    }

    @Override
    public String errorInfo() {
        return lastError().map(MailError::message).orElse("");
    }

    @Override
    public String errorInfo(ErrorInfoPart part) {
        return lastError().map(error -> error.info(part == null ? ErrorInfoPart.ERR_MESSAGE : part)).orElse("");
    }

    @Override
    public Optional<MailError> lastError() {
        return state(caller()).error();
    }

    private boolean attempt(String name, MailFunction function) {
        Caller caller = caller();
        CallerState state = state(caller);
        state.clearError();
        try {
            function.run(caller, state);
            return true;
        } catch (SmtpException | SessionRefusedException | SpoolException | MailFunctionException
                | RuntimeException e) {
            state.fail(Errors.of(name, e));
            return false;
        }
    }

    private Caller caller() {
        String name = context.getCallerPrincipal().getName();
        return name == null || name.isEmpty() || name.equals(UNAUTHENTICATED) ? Caller.ANONYMOUS : new Caller(name);
    }

    private CallerState state(Caller caller) {
        return states.of(caller, context.getContextData());
    }

    private interface MailFunction {
        void run(Caller caller, CallerState state)
                throws SmtpException, SessionRefusedException, SpoolException, MailFunctionException;
    }

    private interface Name {
        String get() throws MailFunctionException;
    }
}
