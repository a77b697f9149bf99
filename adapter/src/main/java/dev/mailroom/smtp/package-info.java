/**
 * The SMTP dialogue of mail transactions (RFC 5321, section 3.3): commands and content go out in as few writes as the
 * server allows, replies come back in order and each belongs to a step of a mail, and every mail ends as a receipt or a
 * failure. Knows a wire to read and write, no sockets, no TLS and no Jakarta Mail.
 */
package dev.mailroom.smtp;
