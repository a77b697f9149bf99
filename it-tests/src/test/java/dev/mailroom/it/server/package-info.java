/**
 * The server under test: what is deployed, the proof that it was deployed, and its log. Runs in the test's JVM, never
 * in the container.
 */
package dev.mailroom.it.server;
