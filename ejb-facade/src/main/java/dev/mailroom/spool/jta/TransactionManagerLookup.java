package dev.mailroom.spool.jta;

import jakarta.transaction.TransactionManager;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.XADataSource;

/** Finds the server's transaction manager, to enlist with: each server keeps it in a place of its own. */
final class TransactionManagerLookup {
    private static final List<String> NAMES = List.of(
            // Payara and GlassFish
            "java:appserver/TransactionManager",
            // WildFly and JBoss EAP
            "java:jboss/TransactionManager",
            // TomEE
            "openejb:TransactionManager",
            "java:comp/TransactionManager");

    private TransactionManagerLookup() {
    }

    /**
     * Empty = this server has none in any of these places.
     *
     * @param source what is to be enlisted, for the server's recovery
     * @param database its name, the same after a restart
     */
    static Optional<Enlistment> find(XADataSource source, String database) {
        return NAMES.stream().map(TransactionManagerLookup::named).flatMap(Optional::stream).findFirst()
                .map(TransactionManagerLookup::with).or(() -> LibertyEnlistment.find(source, database));
    }

    private static Enlistment with(TransactionManager manager) {
        return GlassFishEnlistment.applies(manager) ? new GlassFishEnlistment(manager)
                : resource -> manager.getTransaction().enlistResource(resource);
    }

    private static Optional<TransactionManager> named(String name) {
        try {
            Object found = InitialContext.doLookup(name);
            return found instanceof TransactionManager manager ? Optional.of(manager) : Optional.empty();
        } catch (NamingException e) {
            return Optional.empty();
        }
    }
}
