package dev.mailroom.se;

import dev.mailroom.Caller;
import dev.mailroom.facade.CallingPrincipal;

/** Without a container that knows principals and roles, everybody is nobody in particular, and has no role. */
final class SoleCaller extends CallingPrincipal {
    @Override
    public Caller caller() {
        return Caller.ANONYMOUS;
    }

    @Override
    public boolean isInRole(String role) {
        return false;
    }
}
