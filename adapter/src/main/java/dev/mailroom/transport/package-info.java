/**
 * Opens connections: resolves, connects, and does greeting, EHLO, STARTTLS and AUTH over a wire that bounds every wait;
 * from then on the dialogue of {@code dev.mailroom.smtp} owns it. Also here: whose certificates are trusted, and the
 * one watchdog thread that ends operations that take too long.
 */
package dev.mailroom.transport;
