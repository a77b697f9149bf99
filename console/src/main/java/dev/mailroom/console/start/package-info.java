/**
 * The application's start: brings the development mailbox up and tells a person how to use the console. In the
 * runnable jar the launcher asks for the banner by its JNDI name; elsewhere the log shows a random password.
 */
package dev.mailroom.console.start;
