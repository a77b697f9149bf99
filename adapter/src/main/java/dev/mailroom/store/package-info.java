/**
 * The dialogues of mailboxes, POP3 (RFC 1939) and IMAP (RFC 3501), over the wire of {@link dev.mailroom.transport}:
 * greeting, TLS and login, then list, read, delete and leave. Every line, literal and list has a bound, every wait an
 * end. An open mailbox is a {@link dev.mailroom.store.MailStore}.
 */
package dev.mailroom.store;
