package dev.mailroom.spool.service;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Logger;

/**
 * Warnings at the end of an application. When the whole server ends, Java may have taken the log's handlers away by
 * then, since its shutdown hooks run side by side: then the line goes to standard error.
 */
final class StopLog {
    private static final String NAME = "dev.mailroom.spool";

    private StopLog() {
    }

    static void warn(String text) {
        System.getLogger(NAME).log(System.Logger.Level.WARNING, text);
        if (!hasHandler(Logger.getLogger(NAME))) {
            // System.err may lead into the log.
            var error = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            error.println("WARNING " + NAME + ": " + text);
        }
    }

    private static boolean hasHandler(Logger logger) {
        for (Logger one = logger; one != null; one = one.getUseParentHandlers() ? one.getParent() : null) {
            if (one.getHandlers().length > 0) {
                return true;
            }
        }
        return false;
    }
}
