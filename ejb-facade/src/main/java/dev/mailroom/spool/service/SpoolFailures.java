package dev.mailroom.spool.service;

import dev.mailroom.spool.SpoolException;
import java.sql.SQLException;
import java.util.concurrent.Callable;

/** What callers hear of when the spool's work fails: always a SpoolException, unless it is a fault of the program. */
final class SpoolFailures {
    private SpoolFailures() {
    }

    static <T> T run(Callable<T> work) throws SpoolException {
        try {
            return work.call();
        } catch (SQLException e) {
            throw SpoolException.of(e);
        } catch (SpoolException e) {
            throw e;
        } catch (RuntimeException e) {
            throw unwrapped(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Proxies and pools wrap a failure of the database; the caller must get the database's error. */
    private static SpoolException unwrapped(RuntimeException wrapped) {
        for (Throwable cause = wrapped.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException found) {
                return SpoolException.of(found);
            }
        }
        throw wrapped;
    }
}
