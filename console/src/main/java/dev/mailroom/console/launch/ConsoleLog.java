package dev.mailroom.console.launch;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Writes log lines to standard error. While the server starts, errors are kept instead of printed: if the start fails
 * they are explained in one message, else they are printed when it is done. The state is static because the
 * log manager makes the instance.
 */
public final class ConsoleLog extends Handler {
    private static final List<LogRecord> KEPT = new CopyOnWriteArrayList<>();
    private static volatile boolean starting = true;

    /** Made by the log manager. */
    public ConsoleLog() {
        setFormatter(new LogLine());
        setLevel(Level.INFO);
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry) || !isNews(entry)) {
            return;
        }
        if (starting && entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            KEPT.add(entry);
            return;
        }
        print(entry);
    }

    /** Mailroom's own lines, and warnings of the server; it sets the levels of some of its loggers itself. */
    private boolean isNews(LogRecord entry) {
        String logger = String.valueOf(entry.getLoggerName());
        return logger.startsWith("dev.mailroom")
                || entry.getLevel().intValue() >= Level.WARNING.intValue()
                        && !HarmlessWarnings.isNoise(logger, getFormatter().formatMessage(entry))
                        && !HarmlessWarnings.isBadPath(entry.getThrown());
    }

    private void print(LogRecord entry) {
        try {
            System.err.print(getFormatter().format(entry));
        } catch (RuntimeException e) {
            reportError(null, e, ErrorManager.FORMAT_FAILURE);
        }
    }

    @Override
    public void flush() {
        System.err.flush();
    }

    @Override
    public void close() {
        flush();
    }

    /** Remembers an exception that the start ended with. */
    static void remember(Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, "The server did not start.");
        entry.setThrown(thrown);
        KEPT.add(entry);
    }

    /** The exceptions that were kept since the process began. */
    static List<Throwable> kept() {
        return KEPT.stream().map(LogRecord::getThrown).filter(Objects::nonNull).toList();
    }

    /** The server is ready: prints what was kept and keeps nothing from now on. */
    static void started() {
        starting = false;
        ConsoleLog log = new ConsoleLog();
        KEPT.forEach(log::print);
        KEPT.clear();
    }
}
