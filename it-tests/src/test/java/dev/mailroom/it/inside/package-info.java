/** What tests that run within the container share; deployed with them. Their SMTP servers run there too. */
package dev.mailroom.it.inside;
