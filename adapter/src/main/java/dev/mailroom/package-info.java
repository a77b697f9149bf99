/**
 * The public door of the adapter: connection factory and connection handle (Jakarta Connectors), sessions, settings as
 * immutable records, outcomes and failures as values. Everything here is safe to publish between threads. The other
 * packages are not API.
 */
package dev.mailroom;
