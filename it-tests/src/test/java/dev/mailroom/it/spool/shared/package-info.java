/** What only applications with a shared spool have. */
package dev.mailroom.it.spool.shared;
