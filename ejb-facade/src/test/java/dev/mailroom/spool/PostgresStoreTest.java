package dev.mailroom.spool;

import dev.mailroom.testing.PrivatePostgres;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract on a real PostgreSQL. */
class PostgresStoreTest extends SpoolSharingContract {
    private static PrivatePostgres server;
    private static PGSimpleDataSource database;

    @BeforeAll
    static void start() throws Exception {
        server = PrivatePostgres.startOrSkip();
        database = new PGSimpleDataSource();
        database.setUrl(server.url());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Override
    DataSource dataSource() {
        return database;
    }
}
