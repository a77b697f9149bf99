package dev.mailroom.smtp;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.smtp.ServerMemory.Flaw;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMemoryTest {
    private static final ServerAddress PEER = new ServerAddress("mx.example.org", 25);
    private long now;
    private final ServerMemory memory = new ServerMemory(() -> now);

    @ParameterizedTest
    @CsvSource({"GROUPS, PT4H", "CHUNKS, PT4H", "HANG_UPS, PT10M"})
    void aServerThatWasMendedIsTrustedAgainAfterSomeTime(Flaw flaw, Duration remembered) {
        memory.remember(PEER, flaw);
        now += remembered.toNanos() - 1;
        assertTrue(memory.knows(PEER, flaw));
        now++;
        assertFalse(memory.knows(PEER, flaw));
        memory.prove(PEER, flaw);
        assertTrue(memory.proven(PEER, flaw));
        now += remembered.toNanos();
        assertFalse(memory.proven(PEER, flaw), "it may have been replaced");
    }

    @Test
    void aSuspicionIsBelievedTheSecondTimeUnlessItWasRefutedOrIsOld() {
        memory.suspect(PEER, Flaw.CHUNKS);
        assertFalse(memory.knows(PEER, Flaw.CHUNKS));
        now += Duration.ofHours(4).toNanos();
        memory.suspect(PEER, Flaw.CHUNKS);
        assertFalse(memory.knows(PEER, Flaw.CHUNKS), "the first one is too old");
        memory.suspect(PEER, Flaw.CHUNKS);
        assertTrue(memory.knows(PEER, Flaw.CHUNKS));
        now += Duration.ofHours(4).toNanos();
        assertFalse(memory.knows(PEER, Flaw.CHUNKS), "it may have been mended");
        memory.suspect(PEER, Flaw.CHUNKS);
        memory.prove(PEER, Flaw.CHUNKS);
        memory.suspect(PEER, Flaw.CHUNKS);
        memory.suspect(PEER, Flaw.CHUNKS);
        assertFalse(memory.knows(PEER, Flaw.CHUNKS), "it does take chunks");
    }

    @Test
    void aFlawOutlivesWhatWentWellBesideIt() {
        memory.remember(PEER, Flaw.CHUNKS);
        memory.prove(PEER, Flaw.CHUNKS);
        assertTrue(memory.knows(PEER, Flaw.CHUNKS));
        assertFalse(memory.knows(new ServerAddress("mx.example.org", 587), Flaw.CHUNKS));
    }
}
