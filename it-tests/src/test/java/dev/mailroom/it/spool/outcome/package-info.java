/** An application that hears what became of its mails; deployed into the server. */
package dev.mailroom.it.spool.outcome;
