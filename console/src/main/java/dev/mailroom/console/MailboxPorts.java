package dev.mailroom.console;

import java.util.OptionalInt;

/**
 * Where the development mailbox listens at 127.0.0.1.
 *
 * @param smtp takes mails
 * @param pop3 lets them be read; empty = POP3 is off
 * @param imap lets them be read; empty = IMAP is off
 */
public record MailboxPorts(int smtp, OptionalInt pop3, OptionalInt imap) {
}
