package dev.mailroom.facade;

import dev.mailroom.Caller;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The states of one request, by caller: the principal may change within a request (login, run-as). */
@RequestScoped
class RequestStates {
    private final Map<Caller, CallerState> states = new ConcurrentHashMap<>();
    private volatile boolean lastsOneCall;

    CallerState of(Caller caller) {
        return states.computeIfAbsent(caller, any -> new CallerState());
    }

    /** Whether this "request" is nothing but one call of the facade. */
    boolean lastsOneCall() {
        return lastsOneCall;
    }

    void lastsOneCall(boolean really) {
        lastsOneCall = really;
    }
}
