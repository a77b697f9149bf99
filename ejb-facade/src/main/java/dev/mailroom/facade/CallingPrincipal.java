package dev.mailroom.facade;

import dev.mailroom.Caller;
import jakarta.annotation.Resource;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/**
 * The caller, as the container knows it; not for applications. An EJB, because only EJBs can ask for both principal and
 * roles on every kind of thread; called in every state of a transaction.
 */
@Stateless
@DeclareRoles(SpoolAdministration.ROLE)
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallingPrincipal {
    /**
     * Jakarta Security's word for everybody who is logged in. The name of the principal does not tell: servers call
     * the unauthenticated one ANONYMOUS, guest and other names, which a user may have as well.
     */
    private static final String LOGGED_IN = "**";

    @Resource
    private SessionContext context;

    /** For the container. */
    public CallingPrincipal() {
        // Everything is injected.
    }

    CallingPrincipal(SessionContext context) {
        this.context = context;
    }

    /** The current caller. */
    public Caller caller() {
        return context.isCallerInRole(LOGGED_IN)
                ? new Caller(context.getCallerPrincipal().getName()) : Caller.ANONYMOUS;
    }

    /** Whether this caller has a role. */
    public boolean isInRole(String role) {
        return context.isCallerInRole(role);
    }
}
