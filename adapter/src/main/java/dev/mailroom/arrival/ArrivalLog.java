package dev.mailroom.arrival;

import dev.mailroom.VisibleText;
import java.time.Duration;

/** What a reader has to say; what lasts is said once. For one thread. */
final class ArrivalLog {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");

    private final String mailbox;
    private String trouble = "";
    private boolean elsewhere;

    ArrivalLog(String mailbox) {
        this.mailbox = mailbox;
    }

    void troubled(String why, Throwable cause) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.log(System.Logger.Level.WARNING, "MR0810 the mailbox " + mailbox + " cannot be read, its listener gets"
                    + " no mails; it is tried again and again: " + why, cause);
        }
    }

    void works() {
        if (!trouble.isEmpty()) {
            trouble = "";
            LOG.log(System.Logger.Level.INFO, "MR0811 the mailbox " + mailbox + " can be read again");
        }
    }

    void elsewhere(boolean now) {
        if (now != elsewhere) {
            elsewhere = now;
            LOG.log(System.Logger.Level.INFO, "MR0812 the mailbox " + mailbox + (now
                    ? " is read by another server; this one takes over when that stops" : " is read by this server"));
        }
    }

    void failed(String identifier, int deliveries, int most, Duration wait, Throwable cause) {
        LOG.log(System.Logger.Level.WARNING, "MR0813 the listener of mailbox " + mailbox + " failed with mail "
                + VisibleText.of(identifier) + ", delivery " + deliveries + " of " + most
                + (wait.isZero() ? "" : "; the mail comes again in " + wait.toMillis() + " ms"), cause);
    }

    void buried(String identifier, String where, String error) {
        LOG.log(System.Logger.Level.WARNING, "MR0814 mail " + VisibleText.of(identifier) + " of mailbox " + mailbox
                + " is a dead letter, " + where + ": " + error);
    }
}
