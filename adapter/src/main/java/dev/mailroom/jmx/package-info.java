/**
 * The pool in JMX: {@link dev.mailroom.jmx.PoolMXBean} for all of it, {@link dev.mailroom.jmx.SessionMXBean} for each
 * session it knows. {@link dev.mailroom.jmx.ManagedBeans} registers them as sessions come and go, and takes all of them
 * away at the end; the beans only pass on what {@link dev.mailroom.SmtpPool} says and does. Public, because a JMX
 * interface must be.
 */
package dev.mailroom.jmx;
