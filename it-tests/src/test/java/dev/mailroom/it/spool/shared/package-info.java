/** What only applications whose spool is in a DataSource of their own have. */
package dev.mailroom.it.spool.shared;
