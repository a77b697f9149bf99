/**
 * The course of a run: the contenders' processes, the servers they send to, rounds in which every contender has its
 * turn, and the command that starts it all.
 */
package dev.mailroom.benchmark.run;
