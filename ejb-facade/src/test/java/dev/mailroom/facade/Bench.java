package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import jakarta.ejb.SessionContext;
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
    final FakeSessions sessions = new FakeSessions();
    final FakeSpool spool = new FakeSpool();
    private final ThreadLocal<RequestStates> request = ThreadLocal.withInitial(RequestStates::new);
    private final CallerStates states = new CallerStates(new Proxied());
    String principal = "ANONYMOUS";
    Set<String> roles = Set.of("mailer");
    boolean requestIsOneCall;

    final MailFacade facade = new MailFacadeBean(
            context(), sessions, states, new Departure(spool), new Enquiry(spool));

    /** The request ends and another begins, on the same thread. */
    void nextRequest() {
        request.remove();
    }

    private SessionContext context() {
        return (SessionContext) Proxy.newProxyInstance(Bench.class.getClassLoader(),
                new Class<?>[] {SessionContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getCallerPrincipal" -> (Principal) () -> principal;
                    case "isCallerInRole" -> roles.contains(arguments[0]);
                    case "getContextData" -> contextData();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Map<String, Object> contextData() {
        Map<String, Object> data = new HashMap<>();
        if (requestIsOneCall) {
            request.set(new RequestStates() {
                @Override
                public Optional<CallerState> of(Caller caller, Map<String, Object> contextData, int before) {
                    // The container keeps such a request's beans in the context data of the call.
                    data.put("bean", this);
                    return super.of(caller, contextData, before);
                }
            });
        }
        return data;
    }

    /** Stands for the container's proxy: every call goes to the bean of the request of the moment. */
    private final class Proxied extends RequestStates {
        @Override
        public Optional<CallerState> of(Caller caller, Map<String, Object> contextData, int before) {
            return request.get().of(caller, contextData, before);
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
