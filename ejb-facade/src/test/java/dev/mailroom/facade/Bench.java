package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import dev.mailroom.facade.CallerStates.RequestStates;
import dev.mailroom.facade.request.SessionDefaults;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.startup.ApplicationStart;
import jakarta.ejb.SessionContext;
import jakarta.enterprise.context.ContextNotActiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A facade on the workbench: its container is a few lines that behave as Payara Micro was seen to. */
final class Bench {
    final FakeSessions sessions;
    final FakeSpool spool = new FakeSpool();
    private final ThreadLocal<RequestStates> request = ThreadLocal.withInitial(RequestStates::new);
    private final ApplicationStart start = new ApplicationStart();
    private final CallerStates states = new CallerStates(new Proxied(), start);
    String principal = "guest";
    boolean loggedIn;
    Set<String> roles = Set.of("mailer");
    boolean requestIsOneCall;
    boolean noRequest;

    private final SessionContext context = context();

    final MailFacade facade;

    /** The facade as it is injected: on a thread without a request nobody opens one around its calls. */
    final MailFacade injected;

    Bench() {
        this(new FakeSessions());
    }

    /** Other requests of the application of another one. */
    Bench(Bench other) {
        this(other.sessions);
    }

    private Bench(FakeSessions sessions) {
        this(sessions, new NoMailboxes());
    }

    /** Receives too. */
    Bench(ReceivingSessions mailboxes) {
        this(new FakeSessions(), mailboxes);
    }

    private Bench(FakeSessions sessions, ReceivingSessions mailboxes) {
        this.sessions = sessions;
        this.facade = new MailFacadeBean(context, new CallingPrincipal(context), sessions, mailboxes, states,
                new MailSender(spool), new MailStatuses(spool));
        this.injected = new MailFunctions(new CallingPrincipal(context), sessions, mailboxes, states,
                new MailSender(spool), new MailStatuses(spool));
    }

    /** An application that this thread is just starting. */
    static Bench starting() {
        Bench bench = new Bench();
        bench.start.deployed(null);
        return bench;
    }

    /** The application is started: the first servlet request comes. */
    void becomeStarted() {
        start.served(null);
        nextRequest();
    }

    /** From now on this user calls. */
    void logIn(String user) {
        principal = user;
        loggedIn = true;
    }

    /** From now on somebody calls who is not logged in. */
    void logOut() {
        principal = "guest";
        loggedIn = false;
    }

    /** The request ends and another begins, on the same thread. */
    void nextRequest() {
        request.remove();
    }

    private SessionContext context() {
        return (SessionContext) Proxy.newProxyInstance(Bench.class.getClassLoader(),
                new Class<?>[] {SessionContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getCallerPrincipal" -> (Principal) () -> principal;
                    case "isCallerInRole" -> arguments[0].equals("**") ? loggedIn : roles.contains(arguments[0]);
                    case "getContextData" -> contextData();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Map<String, Object> contextData() {
        Map<String, Object> data = new HashMap<>();
        if (requestIsOneCall) {
            request.set(new RequestStates() {
                @Override
                public Optional<CallerState> of(
                        Caller caller, SessionDefaults application, Map<String, Object> contextData, int before) {
                    // The container keeps such a request's beans in the context data of the call.
                    data.put("bean", this);
                    return super.of(caller, application, contextData, before);
                }
            });
        }
        return data;
    }

    /** Stands for the container's proxy: every call goes to the bean of the request of the moment. */
    private final class Proxied extends RequestStates {
        @Override
        public Optional<CallerState> of(
                Caller caller, SessionDefaults application, Map<String, Object> contextData, int before) {
            if (noRequest) {
                throw new ContextNotActiveException();
            }
            return request.get().of(caller, application, contextData, before);
        }
    }

    static Email email() {
        Email email = new Email();
        email.setSender("Sender <sender@example.org>");
        email.getRecipient().add("recipient@example.org");
        email.setSubject("subject");
        email.setMessage("text");
        return email;
    }

    String received(int index) {
        return text(sessions.received.get(index));
    }

    static String text(Mail mail) {
        var out = new ByteArrayOutputStream();
        try {
            mail.data().writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
