/**
 * Composing: a {@code Draft} in neutral words becomes a mail as bytes (RFC 5322, MIME) with its envelope, before any
 * connection is taken. Every value is checked here, once: what leaves this package cannot break out of its header
 * field or command. Text and HTML are written by {@code PlainWriter}; everything structured is written by Jakarta Mail
 * in {@code StructuredWriter}; both give the same bytes for the same draft.
 */
package dev.mailroom.mime;
