package dev.mailroom.it.spool.shared;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/** The DataSource of an application whose servers share one spool in PostgreSQL. */
@Singleton
@DataSourceDefinition(name = "java:app/jdbc/shared", className = "org.postgresql.xa.PGXADataSource",
        url = "${MPCONFIG=it.postgres.url}", minPoolSize = 0, initialPoolSize = 0, maxPoolSize = 40)
public class SharedDatabase {
}
