package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLineTest {
    private static String message(Charset charset, String message) {
        String line = new LogLine(charset).format(new LogRecord(Level.INFO, message));
        assertTrue(line.matches("(?s)\\d\\d:\\d\\d:\\d\\d INFO null: .*\\R"), line);
        return line.substring("00:00:00 INFO null: ".length()).stripTrailing();
    }

    @Test
    void whatTheLogsCharsetCannotWriteIsShownAsItsNumber() {
        String names = "J\u00fcrgen \u017d\u017e \ud83d\ude00";
        assertEquals(names, message(StandardCharsets.UTF_8, names));
        assertEquals("J\u00fcrgen \\u017d\\u017e \\ud83d\\ude00", message(StandardCharsets.ISO_8859_1, names));
        assertEquals("J\\u00fcrgen \\u017d\\u017e \\ud83d\\ude00", message(StandardCharsets.US_ASCII, names));
    }

    @Test
    void nothingThatAMessageQuotesCanLookLikeAnotherLineOrHide() {
        assertEquals("a\\u000d\\u2028\\u202e\\u200b\\ud83db", message(StandardCharsets.UTF_8,
                "a\r\u2028\u202e\u200b\ud83db"));
    }
}
