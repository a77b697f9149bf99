/**
 * What applications write that know the connector itself: a pool defined by an annotation, and connections taken from
 * the connection factory in JNDI, within a transaction.
 */
package dev.mailroom.it.connector;
