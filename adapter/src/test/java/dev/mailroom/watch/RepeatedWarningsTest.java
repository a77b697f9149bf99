package dev.mailroom.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RepeatedWarningsTest {
    private long now;
    private final RepeatedWarnings repeats = new RepeatedWarnings(() -> now);

    @Test
    void ofAThousandEqualWarningsOneIsToldAndAMinuteLaterHowManyWereNot() {
        assertEquals(OptionalLong.of(0), repeats.tell("MR0301", "ann"));
        for (int i = 0; i < 999; i++) {
            assertEquals(OptionalLong.empty(), repeats.tell("MR0301", "ann"));
        }
        now += RepeatedWarnings.QUIET.toNanos();
        assertEquals(OptionalLong.of(999), repeats.tell("MR0301", "ann"));
        assertEquals(OptionalLong.empty(), repeats.tell("MR0301", "ann"));
    }

    @Test
    void anotherWarningOrAnotherSessionIsToldAtOnce() {
        repeats.tell("MR0301", "ann");
        assertEquals(OptionalLong.of(0), repeats.tell("MR0304", "ann"));
        assertEquals(OptionalLong.of(0), repeats.tell("MR0301", "ben"));
    }

    @Test
    void aMillionSessionsCostNoMemoryForEver() {
        repeats.tell("MR0301", "first");
        for (int i = 0; i < 2000; i++) {
            repeats.tell("MR0301", i);
        }
        assertEquals(OptionalLong.of(0), repeats.tell("MR0301", "first"));
    }
}
