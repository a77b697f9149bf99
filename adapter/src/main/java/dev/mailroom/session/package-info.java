/**
 * The sessions: who opened which, and for whom. {@link dev.mailroom.session.SessionRegistry} knows the sessions that
 * callers started and those the administrator named; a session knows its settings and takes a connection from the
 * factory for each send. {@link dev.mailroom.session.SecurityRule} says what an application may ask for.
 */
package dev.mailroom.session;
