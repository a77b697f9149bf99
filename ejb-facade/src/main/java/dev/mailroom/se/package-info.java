/**
 * Stands in for EJBs where the CDI container has none (Weld SE, a servlet container with CDI): the facade is the same
 * bean there, its callers are nobody in particular, the spool has threads of its own, and each accepted mail commits by
 * itself unless there is a bean of type {@code TransactionSynchronizationRegistry}.
 */
package dev.mailroom.se;
