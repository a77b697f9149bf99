/** The whole stack below the facade under load and faults: sessions, connector, pool, transport, a hostile server. */
package dev.mailroom.stress;
