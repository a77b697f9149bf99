/** What is built: the samples as a stranger builds them, and the artifacts themselves. */
package dev.mailroom.it.build;
