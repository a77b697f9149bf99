package dev.mailroom.console;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationValues;

/**
 * What the administrator configures about the console; {@link ConsoleKeys} says what each value is.
 *
 * @param password of the user {@code admin}; {@link Secret#none} = a random one is made at every start
 * @param mailbox whether the development mailbox runs
 * @param mailboxPorts where it listens
 * @param mailboxKeep how many mails it keeps
 * @param maxRequest longest accepted request body in bytes
 * @param requestBudget bytes of all request bodies that are worked on at once
 * @param shortPassword whether the configured password is so short that it can be guessed
 */
public record ConsoleSettings(Secret password, boolean mailbox, MailboxPorts mailboxPorts, int mailboxKeep,
        int maxRequest, long requestBudget, boolean shortPassword) {
    /** The console's only user. */
    public static final String USER = "admin";

    /** What a request becomes in memory takes about eight times its own size. */
    private static final int SHARE_OF_HEAP = 16;

    static ConsoleSettings of(ConfigurationValues values) {
        return new ConsoleSettings(
                ConsoleKeys.password(values).orElse(Secret.none()),
                values.get(ConsoleKeys.MAILBOX),
                new MailboxPorts(values.get(ConsoleKeys.MAILBOX_PORT), values.get(ConsoleKeys.MAILBOX_POP3_PORT),
                        values.get(ConsoleKeys.MAILBOX_IMAP_PORT)),
                values.get(ConsoleKeys.MAILBOX_KEEP),
                Math.toIntExact(values.get(ConsoleKeys.MAX_REQUEST)),
                values.find(ConsoleKeys.REQUEST_BUDGET).orElse(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP),
                ConsoleKeys.hasShortPassword(values));
    }
}
