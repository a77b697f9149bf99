/**
 * Receiving over POP3 and IMAP: settings, sessions, connections and what is known of a mail before it is read. The rest
 * is shared with sending: identities, TLS, trust, timeouts and failures are those of {@link dev.mailroom}.
 */
package dev.mailroom.receiving;
