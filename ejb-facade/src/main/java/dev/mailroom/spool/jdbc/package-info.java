/**
 * The store in a JDBC database: PostgreSQL, one that speaks its protocol, or H2. Every statement of the spool is here,
 * and every step from one version of the tables to the next.
 */
package dev.mailroom.spool.jdbc;
