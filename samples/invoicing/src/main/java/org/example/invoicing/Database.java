package org.example.invoicing;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.enterprise.context.ApplicationScoped;

/** Where the invoices are: XA, since the mail's row in the spool belongs to the same transaction. */
@ApplicationScoped
@DataSourceDefinition(name = "java:app/jdbc/invoicing", className = "org.h2.jdbcx.JdbcDataSource",
        url = "jdbc:h2:./invoicing-data/invoices", user = "sa", password = "")
public class Database {
}
