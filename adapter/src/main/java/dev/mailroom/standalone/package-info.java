/**
 * Public: the adapter as a plain library, for programs without a CDI container. Nothing is read from a configuration;
 * what is not said is as in the documentation's table of keys.
 */
package dev.mailroom.standalone;
