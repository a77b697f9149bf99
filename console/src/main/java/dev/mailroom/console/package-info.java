/**
 * The administrator's console: a REST API over the mail facade, a page that uses it, and a development mailbox. Each
 * sub-package tells one of these stories; here, beneath them, are the keys of the configuration and their values.
 */
package dev.mailroom.console;
