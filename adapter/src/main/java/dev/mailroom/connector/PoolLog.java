package dev.mailroom.connector;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.pool.Exhaustion;
import dev.mailroom.pool.Holder;
import dev.mailroom.pool.PoolListener;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * What an administrator must hear of, one line each, with an id to search for: MR0201 exhausted, MR0202 leak, MR0203
 * maximum lowered or grown back, MR0301 server unreachable, MR0302 server refused, MR0303 TLS failed, MR0304 login
 * refused.
 */
public final class PoolLog implements PoolListener<SmtpConnectionRequestInfo> {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.pool");

    @Override
    public void onOpened(SmtpConnectionRequestInfo key, Duration took) {
        LOG.log(System.Logger.Level.DEBUG, () -> "connection for " + key + " opened in " + took.toMillis() + " ms");
    }

    @Override
    public void onOpenFailed(SmtpConnectionRequestInfo key, Throwable failure, Duration took) {
        String id = "MR0301";
        if (failure.getCause() instanceof SmtpException smtp) {
            Phase phase = smtp.failure().phase();
            id = phase == Phase.TLS ? "MR0303"
                    : phase == Phase.AUTH ? "MR0304"
                    : smtp.failure().reply().isPresent() ? "MR0302" : "MR0301";
        }
        LOG.log(System.Logger.Level.WARNING, "{0} {1}", id, failure.getMessage());
    }

    @Override
    public void onExhausted(SmtpConnectionRequestInfo key, Exhaustion exhaustion) {
        LOG.log(System.Logger.Level.WARNING, "MR0201 {0}", exhaustion.message());
    }

    @Override
    public void onLeak(SmtpConnectionRequestInfo key, Holder holder) {
        String stack = holder.stack().stream().map(frame -> "\n    at " + frame).collect(Collectors.joining());
        LOG.log(System.Logger.Level.WARNING, "MR0202 a connection is not given back: {0}{1}", holder, stack);
    }

    @Override
    public void onEffectiveLimit(SmtpConnectionRequestInfo key, int effectiveLimit) {
        LOG.log(System.Logger.Level.INFO, "MR0203 the server of {0} limits connections; at most {1} from now on",
                key, effectiveLimit);
    }
}
