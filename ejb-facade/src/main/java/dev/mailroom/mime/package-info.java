/**
 * Composing: a {@code Draft} in neutral words becomes a mail as bytes (RFC 5322, MIME) with its envelope, before any
 * connection is taken. Every value is checked here, once: what leaves this package cannot break out of its header
 * field or command. Values with a structure of their own are Jakarta Mail's; the lines around them are written here,
 * since its body parts cost more to make than the mail to send. A test compares the bytes with Jakarta Mail's own.
 */
package dev.mailroom.mime;
