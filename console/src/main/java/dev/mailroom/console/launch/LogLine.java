package dev.mailroom.console.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * One line for a record: time, level, logger, message; a stack trace below where there is an exception. A character
 * that the terminal or file has no place for is shown as its number: as question marks two names could look the same.
 */
public final class LogLine extends Formatter {
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}&&[^\n\t]]|\\p{Cf}");

    private final CharsetEncoder encoder;

    /** Made by the log manager; for standard error. */
    public LogLine() {
        // The first is known from Java 18 on, the second where standard error is a terminal.
        this(Charset.forName(System.getProperty("stderr.encoding",
                System.getProperty("sun.stderr.encoding", Charset.defaultCharset().name()))));
    }

    LogLine(Charset charset) {
        this.encoder = charset.newEncoder();
    }

    @Override
    public String format(LogRecord entry) {
        StringWriter line = new StringWriter();
        LocalTime at = LocalTime.ofInstant(entry.getInstant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        line.append(String.format("%tT %s %s: %s%n", at, entry.getLevel().getName(), entry.getLoggerName(),
                visible(formatMessage(entry))));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }

    /**
     * Nothing that a message quotes can look like another line. The launcher cannot use the application's VisibleText.
     */
    private String visible(String message) {
        StringBuilder shown = new StringBuilder(message.length());
        message.codePoints().mapToObj(Character::toString).forEach(one -> {
            if (HIDDEN.matcher(one).matches() || !isWritable(one)) {
                one.chars().forEach(half -> shown.append(String.format("\\u%04x", half)));
            } else {
                shown.append(one);
            }
        });
        return shown.toString();
    }

    /** Encoders are for one thread at a time. */
    private synchronized boolean isWritable(String character) {
        return encoder.canEncode(character);
    }
}
