/**
 * The mail clients, each as its documentation has it used. {@code PeerProcess} runs one of them in a JVM of its own and
 * takes its orders from the standard input; each client sees its own jars only.
 */
package dev.mailroom.benchmark.peer;
