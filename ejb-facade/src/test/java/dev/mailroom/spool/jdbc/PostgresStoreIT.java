package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.spool.MailClaims;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.testing.PrivatePostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract on a real PostgreSQL. */
class PostgresStoreIT extends SpoolClockContract {
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

    /** A database that only knows serializable transactions lets one of two that meet try again. */
    @Test
    void severalServersShareItUnderSerializableTransactions() throws Exception {
        var serializable = new PGSimpleDataSource();
        serializable.setUrl(server.url() + "&options=-c%20default_transaction_isolation=serializable");
        int mails = 60;
        for (int mail = 0; mail < mails; mail++) {
            insert(mail + "@x.org");
        }
        var claimed = new ConcurrentLinkedQueue<Long>();
        var executor = Executors.newFixedThreadPool(3);
        List<Callable<Void>> servers = new ArrayList<>();
        for (int name = 0; name < 3; name++) {
            SpoolStore one = JdbcSpool.store(SpoolDatabase.local(serializable), Spooling.SETTINGS, "server" + name);
            servers.add(() -> {
                Spooling.eventually(() -> {
                    List<SpooledMail> mine = one.claims().claim(ANN, 3);
                    mine.forEach(mail -> claimed.add(mail.id()));
                    one.claims().settle(mine.stream().map(SpoolStoreContract::sent).toList());
                    return claimed.size() >= mails;
                });
                return null;
            });
        }
        try {
            for (var end : executor.invokeAll(servers)) {
                end.get();
            }
        } finally {
            executor.shutdownNow();
        }
        assertEquals(mails, claimed.size());
        assertEquals(mails, Set.copyOf(claimed).size(), "claimed twice");
        assertEquals(mails, store.archive().list(SpoolState.SENT, 0, 999).size());
    }

    /** An outage fills tables that the database believes to be empty. */
    @Test
    void statisticsFromAnEmptyMomentMakeNoStatementReadWhatItDoesNotNeed() throws Exception {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            for (String table : List.of("mailroom_mail", "mailroom_content")) {
                statement.execute("alter table " + table + " set (autovacuum_enabled = false)");
                statement.execute("vacuum analyze " + table);
            }
            for (SpoolState state : List.of(SpoolState.PENDING, SpoolState.SENDING, SpoolState.SENT)) {
                statement.execute("insert into mailroom_mail (queue_key, caller, message_id, state, due_at, keep_until,"
                        + " accepted_at, attempts, lease, lease_until, envelope, size, eight_bit, reply, error)"
                        + " select '" + ANN.key() + "', 'app', 'id@x.org', '" + state + "', n, 9000000000000, n, 0, '',"
                        + " case when '" + state + "' = 'SENDING' then n end, E'all,,full,\\ns@x.org\\na@x.org', 3,"
                        + " false, '', '' from generate_series(1, 10000) n");
            }
            statement.execute("insert into mailroom_content select id, 0, 'abc' from mailroom_mail");
        }
        var plans = new ObservedPlans(database.getUrl());
        SpoolStore observed = JdbcSpool.store(SpoolDatabase.local(plans.source()), Spooling.SETTINGS, "one");
        List<Settlement> outcomes = List.of();
        for (int batch = 0; batch < 8; batch++) {
            MailClaims.Turnover turnover = observed.claims().settleAndClaim(outcomes, ANN, 32);
            assertEquals(outcomes.size(), turnover.written().size());
            assertEquals(32, turnover.claimed().size());
            observed.claims().extendLeases(turnover.claimed());
            outcomes = turnover.claimed().stream().map(SpoolStoreContract::sent).toList();
        }
        assertTrue(plans.seen().size() > 20, "only " + plans.seen().size() + " plans were seen");
        for (String plan : plans.seen()) {
            assertFalse(plan.contains("Seq Scan on mailroom_"), plan);
            assertFalse(plan.contains("mailroom_mail_sent") || plan.contains("mailroom_mail_leased"), plan);
        }
    }
}
