/**
 * Reads mails out of receiving sessions: which number a position means, what the server says of a mail, and the mail
 * taken apart; and saves attachments under names that are safe.
 */
package dev.mailroom.reading;
