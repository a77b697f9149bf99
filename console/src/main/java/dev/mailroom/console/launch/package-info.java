/**
 * The launcher of the runnable jar: starts Payara Micro, keeps its log quiet, prints the application's banner when the
 * server is ready, and says in one message why it is not. Lives on the system class path, not in the WAR; knows the
 * application only by its JNDI name.
 */
package dev.mailroom.console.launch;
