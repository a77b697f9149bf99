/** An application that listens to mailboxes, and their servers. */
package dev.mailroom.it.listening;
