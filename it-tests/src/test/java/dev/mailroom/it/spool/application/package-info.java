/** An application that mails asynchronously, in transactions of its own. */
package dev.mailroom.it.spool.application;
