package dev.mailroom.console;

import java.util.Optional;

/**
 * What the administrator configures about the console; {@link ConsoleKeys} names the keys.
 *
 * @param password of the user {@code admin}; empty = a random one is made at every start
 * @param maxRequest longest accepted request body in bytes; 1 or more
 * @param mailbox whether the development mailbox runs
 * @param mailboxPort the port it listens on at 127.0.0.1; 0 = any free port
 * @param mailboxKeep how many mails it keeps, the newest; 1 or more
 */
public record ConsoleSettings(
        Optional<String> password, int maxRequest, boolean mailbox, int mailboxPort, int mailboxKeep) {
    /** The console's only user. */
    public static final String USER = "admin";

    /** Checks every value. */
    public ConsoleSettings {
        positive(ConsoleKeys.MAX_REQUEST, maxRequest);
        positive(ConsoleKeys.MAILBOX_KEEP, mailboxKeep);
        if (mailboxPort < 0 || mailboxPort > 65_535) {
            throw new IllegalArgumentException(
                    ConsoleKeys.MAILBOX_PORT + " must be between 0 and 65535, was " + mailboxPort);
        }
    }

    private static void positive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " must be 1 or more, was " + value);
        }
    }

    @Override
    public String toString() {
        return "ConsoleSettings[maxRequest=" + maxRequest + ", mailbox=" + mailbox + ", mailboxPort=" + mailboxPort
                + ", mailboxKeep=" + mailboxKeep + "]";
    }
}
