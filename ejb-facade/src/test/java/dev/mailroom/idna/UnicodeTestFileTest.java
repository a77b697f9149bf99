package dev.mailroom.idna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Required;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Unicode's own test of UTS 46, {@code IdnaTestV2.txt}, as Debian packages it. What UTS 46 accepts and we
 * refuse must be what we refuse on purpose; of A-labels that are given ready-made we accept those of IDNA 2003 too.
 */
class UnicodeTestFileTest {
    private static final Path CRATES = Path.of("/usr/share/cargo/registry");

    @Test
    void everyLineOfUnicodesTestFileIsAnsweredAsItSaysOrRefusedOnPurpose() throws Exception {
        Optional<Path> file = file();
        Required.orSkip(file.isPresent() ? Optional.empty()
                : Optional.of("no IdnaTestV2.txt: run apt-get install librust-idna-dev"));
        List<String> wrong = new ArrayList<>();
        int encoded = 0;
        int refusedToo = 0;
        int refusedOnPurpose = 0;
        for (String line : Files.readAllLines(file.orElseThrow(), StandardCharsets.UTF_8)) {
            String[] columns = line.replaceAll("#.*", "").split(";", -1);
            if (columns.length < 7) {
                continue;
            }
            String source = unescaped(columns[0].strip());
            String unicode = orElse(unescaped(columns[1].strip()), source);
            String ascii = orElse(unescaped(columns[3].strip()), unicode);
            String status = orElse(columns[4].strip(), columns[2].strip());
            boolean good = status.isEmpty() || status.equals("[]");
            boolean given = source.toLowerCase(Locale.ROOT).contains("xn--");
            if (source.codePoints().anyMatch(c ->
                    Character.getType(c) == Character.UNASSIGNED || isMappedSinceUnicode151(c))) {
                continue;
            }
            try {
                String ours = InternationalDomain.of(source).ascii();
                if (!good && !given || good && !ours.equals(ascii)) {
                    wrong.add(line + " was " + ours);
                }
                encoded++;
            } catch (IllegalArgumentException refused) {
                if (good && !refusedOnPurpose(source)) {
                    wrong.add(line + " was refused: it " + refused.getMessage());
                }
                refusedToo += good ? 0 : 1;
                refusedOnPurpose += good ? 1 : 0;
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(encoded > 150 && refusedToo > 1_500 && refusedOnPurpose < 150, encoded + " encoded, " + refusedToo
                + " refused, " + refusedOnPurpose + " refused on purpose");
    }

    /** Capital letters whose small ones came late: the file, of Unicode 13, still disallows them; ICU knows better. */
    private static boolean isMappedSinceUnicode151(int c) {
        return c >= 0x10A0 && c <= 0x10C5 || c == 0x4C0 || c == 0x2132 || c == 0x2183;
    }

    /** Characters that UTS 46 drops, turns into others, or has though IDNA 2008 disallows them; a final full stop. */
    private static boolean refusedOnPurpose(String source) {
        return source.endsWith(".") || source.codePoints().anyMatch(c -> {
            String mapped = CodePoints.mapped(c);
            return c != '.' && !mapped.codePoints().allMatch(CodePoints::isValid)
                    && !Normalizer.normalize(mapped, Form.NFC).codePoints()
                            .allMatch(CodePoints::isValid);
        });
    }

    private static String orElse(String value, String other) {
        return value.isEmpty() ? other : value;
    }

    private static String unescaped(String column) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < column.length(); i++) {
            if (column.startsWith("\\u", i)) {
                text.append((char) Integer.parseInt(column.substring(i + 2, i + 6), 16));
                i += 5;
            } else if (column.startsWith("\\x{", i)) {
                int end = column.indexOf('}', i);
                text.appendCodePoint(Integer.parseInt(column.substring(i + 3, end), 16));
                i = end;
            } else {
                text.append(column.charAt(i));
            }
        }
        return text.toString();
    }

    private static Optional<Path> file() throws IOException {
        if (!Files.isDirectory(CRATES)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> crates = Files.newDirectoryStream(CRATES, "idna-*")) {
            for (Path crate : crates) {
                Path file = crate.resolve("tests/IdnaTestV2.txt");
                if (Files.isReadable(file)) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
