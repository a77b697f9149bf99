/**
 * How the embedded database takes part in JTA transactions on every server: its XA resource is enlisted with the
 * server's transaction manager, which Jakarta EE has no name for. What servers do differently is in
 * {@link dev.mailroom.spool.jta.TransactionManagerLookup}, {@link dev.mailroom.spool.jta.GlassFishEnlistment},
 * {@link dev.mailroom.spool.jta.LibertyEnlistment} and {@link dev.mailroom.spool.jta.NarayanaRecovery}.
 */
package dev.mailroom.spool.jta;
