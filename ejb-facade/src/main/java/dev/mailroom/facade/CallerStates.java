package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.facade.request.SessionDefaults;
import dev.mailroom.startup.ApplicationStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the state of a caller: one per request, else one per thread, and never that of another principal.
 *
 * <p>What is a request? Seen on Payara Micro 6.2025.10: a request context is active, and the same for the whole
 * activity, in servlets, JAX-RS resources, {@code @Schedule} timers, {@code @Asynchronous} methods, other EJBs' methods
 * and asynchronous CDI observers. On threads without one (a managed executor's, {@code new Thread}) the container opens
 * a request context around each single EJB call, so that request-scoped state would be gone before {@code errorInfo()}
 * asks for it. Such a context keeps its beans in the context data of the very invocation it was opened for, and is
 * recognised by that: the facade's own context data grows when the request bean is made.
 *
 * <p>Threads are held weakly and their states belong to this bean, not to the thread: nothing outlives the thread or
 * the application.
 */
@ApplicationScoped
class CallerStates {
    private final Map<Thread, Map<Caller, CallerState>> threads = Collections.synchronizedMap(new WeakHashMap<>());
    private final SessionDefaults application = new SessionDefaults(Optional.empty());
    private final RequestStates request;
    private final ApplicationStart start;

    /** For the container's proxy only. */
    CallerStates() {
        this(null, null);
    }

    @Inject
    CallerStates(RequestStates request, ApplicationStart start) {
        this.request = request;
        this.start = start;
    }

    /**
     * The state that belongs to this call.
     *
     * @param contextData the context data of the EJB invocation that asks
     */
    CallerState of(Caller caller, Map<String, Object> contextData) {
        return inRequest(caller, contextData).orElseGet(() -> ofThread(caller));
    }

    /** Where settings of this call belong: to the whole application while it starts, else to the call's state. */
    SessionDefaults defaults(Caller caller, Map<String, Object> contextData) {
        return start.runsHere() ? application : of(caller, contextData).defaults();
    }

    private Optional<CallerState> inRequest(Caller caller, Map<String, Object> contextData) {
        try {
            return request.of(caller, application, contextData, contextData.size());
        } catch (ContextNotActiveException e) {
            return Optional.empty();
        }
    }

    private CallerState ofThread(Caller caller) {
        return threads.computeIfAbsent(Thread.currentThread(), any -> new ConcurrentHashMap<>())
                .computeIfAbsent(caller, any -> new CallerState(application));
    }

    /** The states of one request, by caller: the principal may change within a request (login, run-as). */
    @RequestScoped
    static class RequestStates {
        private final Map<Caller, CallerState> states = new ConcurrentHashMap<>();
        private volatile boolean lastsOneCall;

        /**
         * The state of this caller; empty if this "request" is nothing but one call of the facade. Public, though
         * nobody else sees the class: the container's proxy calls only public methods without reflection.
         *
         * @param application the settings that apply where the caller has set nothing
         * @param contextData the context data of the EJB invocation that asks
         * @param before how many entries it had before this bean was asked for, and perhaps made
         */
        public Optional<CallerState> of(
                Caller caller, SessionDefaults application, Map<String, Object> contextData, int before) {
            if (contextData.size() > before) {
                lastsOneCall = true;
            }
            return lastsOneCall ? Optional.empty()
                    : Optional.of(states.computeIfAbsent(caller, any -> new CallerState(application)));
        }
    }
}
