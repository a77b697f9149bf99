/** What is made of the figures: medians and spreads, tables, a plot, and whether the goals are met. */
package dev.mailroom.benchmark.report;
