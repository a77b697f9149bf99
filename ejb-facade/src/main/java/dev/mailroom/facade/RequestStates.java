package dev.mailroom.facade;

import dev.mailroom.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The states of one request, by caller: the principal may change within a request (login, run-as). */
@RequestScoped
class RequestStates {
    private final Map<Caller, CallerState> states = new ConcurrentHashMap<>();
    private volatile boolean lastsOneCall;

    /**
     * The state of this caller; empty if this "request" is nothing but one call of the facade. Public, though nobody
     * else sees the class: the container's proxy calls only public methods without reflection.
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
