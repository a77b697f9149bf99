/**
 * Servers for tests: a scripted SMTP server, a private Postfix and PostgreSQL, certificates. Packed as the adapter's
 * test jar.
 */
package dev.mailroom.testing;
