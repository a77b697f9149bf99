/** A message-driven bean that the resource adapter gives mails. */
package dev.mailroom.it.driven;
