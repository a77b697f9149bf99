/**
 * Mail that arrives by itself: one reader for each mailbox that has a listener. It takes the mailbox, so that no other
 * server reads it, gives each mail to the listener, and only then marks it as done; what fails comes again, and at last
 * is a dead letter. Knows no container: who runs it gives it threads, transactions and what remembers.
 */
package dev.mailroom.arrival;
