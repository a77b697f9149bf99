package dev.mailroom.microprofile;

import dev.mailroom.Phase;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpReadiness.State;
import dev.mailroom.SmtpReadiness.Verdict;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the administrator's named sessions can be reached. Answers at once with what is known; what is out of date is
 * checked in the background. Names and phases are shown, never users, servers or replies: anybody may ask.
 */
@Readiness
@ApplicationScoped
public class SessionsReadiness implements HealthCheck {
    private final SmtpReadiness readiness;

    @Resource
    private ManagedExecutorService background;

    /** For the container's proxy. */
    protected SessionsReadiness() {
        this(null);
    }

    @Inject
    SessionsReadiness(SmtpReadiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public HealthCheckResponse call() {
        return call(background);
    }

    HealthCheckResponse call(Executor executor) {
        checkIn(executor);
        List<Verdict> verdicts = readiness.verdicts();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mailroom").status(!readiness.required()
                || verdicts.stream().allMatch(verdict -> verdict.state() == State.REACHABLE));
        verdicts.forEach(verdict -> response.withData(verdict.session(), words(verdict)));
        return response.build();
    }

    private void checkIn(Executor executor) {
        for (Runnable check : readiness.dueChecks()) {
            try {
                executor.execute(check);
            } catch (RejectedExecutionException e) {
                System.getLogger(getClass().getName()).log(System.Logger.Level.DEBUG, "the server is too busy", e);
            }
        }
    }

    private static String words(Verdict verdict) {
        return verdict.state().name().toLowerCase(Locale.ROOT)
                + verdict.failedIn().map(Phase::words).map(phase -> " (" + phase + ")").orElse("")
                + " since " + verdict.since();
    }
}
