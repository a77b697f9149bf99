/** Reading mailboxes beside other libraries: a real Dovecot, near and far, its round trips counted. */
package dev.mailroom.benchmark.receiving;
