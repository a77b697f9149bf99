package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.testing.GivenValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each key of the spool changes exactly what it says; one row a key. */
class EverySpoolKeyTest {
    private static final String KEY = Base64.getEncoder()
            .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] PLAIN = "content".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private static Path folder;

    /** A key, a value that is not its default, where it ends up, as what, and what else must be set. */
    private record Row(ConfigurationKey<?> key, String value, Function<SpoolSettings, Object> place, Object expected,
            Map<ConfigurationKey<?>, String> beside) {
        SpoolSettings settings(boolean changed) {
            Map<ConfigurationKey<?>, String> set = new HashMap<>(beside);
            if (changed) {
                set.put(key, value);
            }
            return SpoolKeys.settings(new GivenValues(set));
        }

        @Override
        public String toString() {
            return key.name();
        }
    }

    private static Row row(ConfigurationKey<?> key, String value, Function<SpoolSettings, Object> place,
            Object expected) {
        return new Row(key, value, place, expected, Map.of());
    }

    /** Whether what these settings seal can be opened with the key. */
    private static Object opens(SpoolSettings settings) {
        try {
            return new String(SpoolCipher.ofKey(KEY).open(settings.cipher().seal(PLAIN, "1"), "1"),
                    StandardCharsets.US_ASCII);
        } catch (Exception e) {
            return "no";
        }
    }

    static Stream<Row> rows() throws Exception {
        String keyFile = Files.writeString(folder.resolve("key"), KEY + "\n").toString();
        return Stream.of(
                row(SpoolKeys.DATA_SOURCE, "jdbc/mail", s -> s.dataSource(), "jdbc/mail"),
                row(SpoolKeys.DIRECTORY, "elsewhere", s -> s.directory(), Path.of("elsewhere")),
                row(SpoolKeys.ACCEPTING, "off", s -> s.accepting(), false),
                row(SpoolKeys.MAX_MESSAGES, "7", s -> s.maxMessages(), 7L),
                row(SpoolKeys.MAX_BYTES, "7MiB", s -> s.maxBytes(), 7L << 20),
                row(SpoolKeys.MAX_SHARE, "50", s -> s.maxShare(), 50),
                row(SpoolKeys.DISK_RESERVE, "1MiB", s -> s.diskReserve(), 1L << 20),
                row(SpoolKeys.IN_DOUBT, "hold", s -> s.inDoubt(), SpoolSettings.InDoubt.HOLD),
                row(SpoolKeys.INITIAL, "7s", s -> s.retry().initial(), Duration.ofSeconds(7)),
                row(SpoolKeys.MAX, "7h", s -> s.retry().max(), Duration.ofHours(7)),
                row(SpoolKeys.MAX_ATTEMPTS, "7", s -> s.retry().maxAttempts(), 7),
                row(SpoolKeys.MAX_AGE, "7h", s -> s.retry().maxAge(), Duration.ofHours(7)),
                row(SpoolKeys.MAX_COPIES, "7", s -> s.retry().maxCopies(), 7),
                row(SpoolKeys.SENT, "7h", s -> s.retention().sent(), Duration.ofHours(7)),
                row(SpoolKeys.FAILED, "7h", s -> s.retention().failed(), Duration.ofHours(7)),
                row(SpoolKeys.MAX_PARALLEL, "7", s -> s.drain().maxParallel(), 7),
                row(SpoolKeys.MAX_PER_QUEUE, "1", s -> s.drain().maxPerQueue(), 1),
                row(SpoolKeys.BATCH, "7", s -> s.drain().batch(), 7),
                row(SpoolKeys.LEASE, "7s", s -> s.drain().lease(), Duration.ofSeconds(7)),
                row(SpoolKeys.SWEEP, "7s", s -> s.drain().sweep(), Duration.ofSeconds(7)),
                row(SpoolKeys.GRACE, "7s", s -> s.drain().grace(), Duration.ofSeconds(7)),
                row(SpoolKeys.KEY, KEY, EverySpoolKeyTest::opens, "content"),
                row(SpoolKeys.KEY_FILE, keyFile, EverySpoolKeyTest::opens, "content"),
                new Row(SpoolKeys.ENCRYPT_CONTENTS, "on", s -> s.encryptContents(), true,
                        Map.of(SpoolKeys.KEY, KEY)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aKeyChangesWhatItSays(Row row) {
        assertNotEquals(row.expected(), row.place().apply(row.settings(false)));
        assertEquals(row.expected(), row.place().apply(row.settings(true)));
    }

    @Test
    void noKeyIsForgotten() throws Exception {
        Set<String> known = new HashSet<>();
        new SpoolKeys().keys().forEach(key -> known.add(key.name()));
        List<String> tested = new ArrayList<>();
        rows().forEach(row -> tested.add(row.key().name()));
        assertEquals(known, new HashSet<>(tested));
        assertEquals(known.size(), tested.size());
    }

    @Test
    void contentsAreNotEncryptedWithoutAKey() {
        List<String> found = new SpoolKeys().contradictions(
                new GivenValues(Map.of(SpoolKeys.ENCRYPT_CONTENTS, "on")));
        assertEquals(List.of("mailroom.spool.encrypt-contents is on and there is no key: set mailroom.spool.key or"
                + " mailroom.spool.key-file"), found);
    }
}
