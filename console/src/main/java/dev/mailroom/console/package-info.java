/**
 * The administrator's console: a REST API over the mail facade, a page that uses it, and a development mailbox. Each
 * sub-package tells one of these stories; here are the keys of its configuration and the start.
 */
package dev.mailroom.console;
