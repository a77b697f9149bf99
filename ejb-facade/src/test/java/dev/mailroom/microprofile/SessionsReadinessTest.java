package dev.mailroom.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.Phase;
import dev.mailroom.SmtpReadiness;
import dev.mailroom.SmtpReadiness.State;
import dev.mailroom.SmtpReadiness.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionsReadinessTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> checked = new ArrayList<>();
    private boolean required = true;
    private final SessionsReadiness health = new SessionsReadiness(new SmtpReadiness() {
        @Override
        public boolean required() {
            return required;
        }

        @Override
        public List<Verdict> verdicts() {
            return verdicts;
        }

        @Override
        public List<Runnable> dueChecks() {
            return List.of(() -> checked.add("checked"));
        }
    });

    @BeforeAll
    static void withoutAServer() {
        HealthCheckResponse.setResponseProvider(new Responses());
    }

    @Test
    void readyWhereEverySessionCanBeReachedOrThereIsNone() {
        assertEquals(Status.UP, health.call(Runnable::run).getStatus());
        verdicts.add(new Verdict("billing", State.REACHABLE, Optional.empty(), NOON));
        HealthCheckResponse response = health.call(Runnable::run);
        assertEquals("mailroom", response.getName());
        assertEquals(Status.UP, response.getStatus());
        assertEquals("reachable since 2026-01-01T12:00:00Z", response.getData().orElseThrow().get("billing"));
    }

    @Test
    void aSessionThatCannotBeReachedIsNamedWithItsPhase() {
        verdicts.add(new Verdict("billing", State.UNREACHABLE, Optional.of(Phase.CONNECT), NOON));
        HealthCheckResponse response = health.call(Runnable::run);
        assertEquals(Status.DOWN, response.getStatus());
        assertEquals("unreachable (connecting) since 2026-01-01T12:00:00Z",
                response.getData().orElseThrow().get("billing"));
        required = false;
        assertEquals(Status.UP, health.call(Runnable::run).getStatus());
    }

    @Test
    void whatIsNotKnownYetIsNotReady() {
        verdicts.add(new Verdict("billing", State.UNKNOWN, Optional.empty(), NOON));
        assertEquals(Status.DOWN, health.call(Runnable::run).getStatus());
    }

    @Test
    void aProbeAnswersWithoutWaitingForTheCheckItStarts() {
        List<Runnable> background = new ArrayList<>();
        health.call(background::add);
        assertEquals(List.of(), checked);
        background.forEach(Runnable::run);
        assertEquals(List.of("checked"), checked);
    }

    @Test
    void aServerTooBusyForTheCheckStillAnswers() {
        assertEquals(Status.UP, health.call(task -> {
            throw new RejectedExecutionException("busy");
        }).getStatus());
    }

    /** What a server brings. */
    static final class Responses implements HealthCheckResponseProvider {
        @Override
        public HealthCheckResponseBuilder createResponseBuilder() {
            return new Builder();
        }
    }

    private static final class Builder extends HealthCheckResponseBuilder {
        private final Map<String, Object> data = new TreeMap<>();
        private String name = "";
        private Status status = Status.DOWN;

        @Override
        public HealthCheckResponseBuilder name(String given) {
            name = given;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            status = up ? Status.UP : Status.DOWN;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, status, Optional.of(data));
        }
    }
}
