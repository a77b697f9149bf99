package dev.mailroom.microprofile;

import dev.mailroom.SmtpReadiness;
import dev.mailroom.spool.service.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether asynchronous mails would be accepted. Answers at once, and shows nothing that not everybody may know. */
@Readiness
@ApplicationScoped
public class SpoolReadiness implements HealthCheck {
    private final BooleanSupplier required;
    private final Supplier<Optional<String>> obstacle;

    /** For the container's proxy. */
    protected SpoolReadiness() {
        this(() -> false, Optional::empty);
    }

    @Inject
    SpoolReadiness(SmtpReadiness readiness, Spool spool) {
        this(readiness::required, spool::obstacle);
    }

    SpoolReadiness(BooleanSupplier required, Supplier<Optional<String>> obstacle) {
        this.required = required;
        this.obstacle = obstacle;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> found = obstacle.get();
        return HealthCheckResponse.named("mailroom-spool")
                .status(found.isEmpty() || !required.getAsBoolean())
                .withData("accepting", found.map(why -> "no: " + why).orElse("yes")).build();
    }
}
