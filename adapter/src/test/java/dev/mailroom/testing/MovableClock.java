package dev.mailroom.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock of processes that a test sets while they run, by the library of the Debian package faketime. Monotonic clocks
 * are left alone, as they are where an administrator or NTP sets a machine's clock.
 */
public final class MovableClock {
    private static final List<Path> LIBRARIES = List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"));

    private final Path library;
    private final Path offset;

    private MovableClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Finds the library, or skips the test where it is not installed; the clock is right at first. */
    public static MovableClock inOrSkip(Path directory) throws IOException {
        Optional<Path> library = library();
        Required.orSkip(library.isPresent() ? Optional.empty()
                : Optional.of("libfaketimeMT.so.1 is not installed; apt install faketime"));
        var clock = new MovableClock(library.orElseThrow(), directory.resolve("clock"));
        clock.set("+0");
        return clock;
    }

    private static Optional<Path> library() throws IOException {
        for (Path place : LIBRARIES) {
            try (Stream<Path> files = Files.find(place, 3,
                    (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
                Optional<Path> found = files.findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** What a process needs in its environment to have this clock. */
    public Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Else the library waits for the wrong clock, and Java's timed waits may never end.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    /** Sets it: {@code -1d} is a day behind the right time, {@code +3d} three ahead. */
    public void set(String difference) throws IOException {
        Path next = offset.resolveSibling("next");
        Files.writeString(next, difference + "\n");
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
