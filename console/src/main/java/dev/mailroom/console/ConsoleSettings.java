package dev.mailroom.console;

import dev.mailroom.ConfigurationValues;
import dev.mailroom.Secret;

/**
 * What the administrator configures about the console; {@link ConsoleKeys} says what each value is.
 *
 * @param password of the user {@code admin}; {@link Secret#none} = a random one is made at every start
 * @param mailbox whether the development mailbox runs
 * @param mailboxPort the port it listens on at 127.0.0.1
 * @param mailboxKeep how many mails it keeps
 * @param maxRequest longest accepted request body in bytes
 */
public record ConsoleSettings(Secret password, boolean mailbox, int mailboxPort, int mailboxKeep, int maxRequest) {
    /** The console's only user. */
    public static final String USER = "admin";

    static ConsoleSettings of(ConfigurationValues values) {
        return new ConsoleSettings(
                values.find(ConsoleKeys.PASSWORD).or(() -> values.find(ConsoleKeys.PASSWORD_FILE))
                        .orElse(Secret.none()),
                values.get(ConsoleKeys.MAILBOX),
                values.get(ConsoleKeys.MAILBOX_PORT),
                values.get(ConsoleKeys.MAILBOX_KEEP),
                Math.toIntExact(values.get(ConsoleKeys.MAX_REQUEST)));
    }
}
