/**
 * The Jakarta Connectors contracts (Jakarta Connectors 2.1, chapters 6 and 7): the border between those who need a
 * connection and those who pool them. {@code ConnectionFactory} asks a {@link jakarta.resource.spi.ConnectionManager} -
 * ours, {@link dev.mailroom.connector.KeyedConnectionManager}, or the application server's - for a {@link
 * dev.mailroom.connector.SmtpManagedConnection}, which owns one transport and lends it out as a handle.
 */
package dev.mailroom.connector;
