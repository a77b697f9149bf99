/**
 * The benchmark with peers: what a {@link dev.mailroom.benchmark.Scenario} asks, what it is sent to, what it yields,
 * and a {@link dev.mailroom.benchmark.Contender}, each in a process of its own. The peers' side of that process is in
 * {@code peer}, the course of a run in {@code run}, what is made of the figures in {@code report}.
 */
package dev.mailroom.benchmark;
