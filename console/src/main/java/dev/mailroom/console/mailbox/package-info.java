/**
 * The development mailbox: a GreenMail SMTP server on the loopback address that accepts every user, password and
 * recipient and delivers nothing. The newest mails are kept in memory for the page and for tests.
 */
package dev.mailroom.console.mailbox;
