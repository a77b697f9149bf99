package dev.mailroom.testing;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What tests need of the machine that no Maven repository has. */
public final class Required {
    private Required() {
    }

    /**
     * Skips the calling test where there is an obstacle; with {@code MAILROOM_REQUIRE_SERVERS=true} in the environment
     * it fails instead.
     *
     * @param obstacle what is missing and how to install it; empty = nothing
     */
    public static void orSkip(Optional<String> obstacle) {
        obstacle.ifPresent(missing -> {
            if (Boolean.parseBoolean(System.getenv("MAILROOM_REQUIRE_SERVERS"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        });
    }
}
