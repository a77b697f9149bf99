/**
 * The spool in a real server: transactions, crashes, several servers on one PostgreSQL. Servers that are to be killed
 * are processes of the tests' own, not Arquillian's.
 */
package dev.mailroom.it.spool;
