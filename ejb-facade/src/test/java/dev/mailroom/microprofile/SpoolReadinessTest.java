package dev.mailroom.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpoolReadinessTest {
    private Optional<String> obstacle = Optional.empty();
    private boolean required;
    private final SpoolReadiness health = new SpoolReadiness(() -> required, () -> obstacle);

    @BeforeAll
    static void withoutAServer() {
        HealthCheckResponse.setResponseProvider(new SessionsReadinessTest.Responses());
    }

    @Test
    void aSpoolThatAcceptsNothingIsShownAndMakesTheApplicationNotReadyOnlyWhereThatIsAskedFor() {
        assertResponse(Status.UP, "yes");
        obstacle = Optional.of("the disk is nearly full");
        assertResponse(Status.UP, "no: the disk is nearly full");
        required = true;
        assertResponse(Status.DOWN, "no: the disk is nearly full");
        obstacle = Optional.empty();
        assertResponse(Status.UP, "yes");
    }

    private void assertResponse(Status status, String accepting) {
        HealthCheckResponse response = health.call();
        assertEquals("mailroom-spool", response.getName());
        assertEquals(status, response.getStatus());
        assertEquals(Map.of("accepting", accepting), response.getData().orElseThrow());
    }
}
