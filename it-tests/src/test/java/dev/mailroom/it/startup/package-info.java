/** An application that sets the timeout wherever it gets the word while it starts. */
package dev.mailroom.it.startup;
