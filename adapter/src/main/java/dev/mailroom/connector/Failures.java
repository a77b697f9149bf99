package dev.mailroom.connector;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.CommException;
import jakarta.resource.spi.EISSystemException;
import jakarta.resource.spi.RetryableUnavailableException;
import jakarta.resource.spi.SecurityException;

/**
 * Between our failures and the exceptions of Jakarta Connectors: on the way to a connection manager, which knows only
 * the specification's, and back again for the caller.
 */
final class Failures {
    private Failures() {
    }

    /** The specification's exception for a failure, which travels along as its cause. */
    static ResourceException toSpecification(SmtpException e) {
        Failure failure = e.failure();
        if (failure.phase() == Phase.AUTH && failure.reply().isPermanent()) {
            return new SecurityException(e.getMessage(), e);
        }
        if (failure.reply().isTransient()) {
            return new RetryableUnavailableException(e.getMessage(), e);
        }
        if (failure.reply().isPermanent()) {
            return new EISSystemException(e.getMessage(), e);
        }
        return new CommException(e.getMessage(), e);
    }

    /**
     * The failure that a connection manager's exception carries, however deep it wrapped it; without one, the manager
     * itself had no connection to give.
     */
    static SmtpException fromManager(ResourceException e, SmtpSettings settings) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SmtpException smtp) {
                return smtp;
            }
        }
        return new SmtpException(Failure.before(Phase.LEASE, e.getMessage() == null
                ? "the connection manager gave no connection for " + settings.user() + " and no reason"
                : e.getMessage(), settings), e);
    }
}
