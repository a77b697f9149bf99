package dev.mailroom.console.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One line for a record: time, level, logger, message; a stack trace below where there is an exception. */
public final class LogLine extends Formatter {
    /** Made by the log manager. */
    public LogLine() {
    }

    @Override
    public String format(LogRecord entry) {
        StringWriter line = new StringWriter();
        LocalTime at = LocalTime.ofInstant(entry.getInstant(), ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        line.append(String.format("%tT %s %s: %s%n", at, entry.getLevel().getName(), entry.getLoggerName(),
                formatMessage(entry)));
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }
}
