/**
 * The spool: a transactional outbox. Accepting a mail is one insert in the caller's transaction; after the commit the
 * mail is claimed under a lease, sent over a pooled connection, and what became of it is written down. Here are its
 * values, its settings and the interfaces of its store; {@code jdbc} keeps mails in a database, {@code embedded} is the
 * default database, {@code drain} sends, and {@code service} brings them together in the container.
 */
package dev.mailroom.spool;
