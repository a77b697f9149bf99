/**
 * Composing: a {@code Draft} in neutral words becomes a mail as bytes (RFC 5322, MIME) with its envelope, before any
 * connection is taken. Every value is checked here, once: what leaves this package cannot break out of its header
 * field or command. All of it is written here: Jakarta Mail's body parts cost more to make than the mail to send, and
 * its file names and addresses change with properties of the JVM. Tests compare the bytes with Jakarta Mail's own, and
 * read them with five other parsers.
 */
package dev.mailroom.mime;
