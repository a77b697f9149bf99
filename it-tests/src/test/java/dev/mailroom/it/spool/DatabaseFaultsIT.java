package dev.mailroom.it.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SpoolServlet;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.PrivatePostgres;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.xa.PGXADataSource;

/** PostgreSQL fails behind a pool of the server that does not validate what it lends, as its pools are by default. */
final class DatabaseFaultsIT {
    private static final int CALLERS = 8;
    private static final int MAILS = 80;
    /** What the server's pool holds if nothing else is said. */
    private static final int MOST_CONNECTIONS = 32;
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final String ALONE = "&alone=yes";
    private static final String INSERT = "insert into mailroom_mail";
    private static final String IN_TRANSACTION = "";

    @TempDir
    private Path directory;
    private final AtomicInteger number = new AtomicInteger();
    private final Set<String> accepted = Collections.synchronizedSet(new TreeSet<>());

    private SpoolProcess server(int port, String type, String className) throws Exception {
        return server("jdbc/spool", "create-jdbc-connection-pool --datasourceclassname " + className + " --restype "
                + type + " --steadypoolsize 0 --property url=\"jdbc\\:postgresql\\://127.0.0.1\\:" + port
                + "/postgres?user\\=mailroom&prepareThreshold\\=0\" pool\n"
                + "create-jdbc-resource --connectionpoolid pool jdbc/spool\n");
    }

    private SpoolProcess server(String name, String pool) throws Exception {
        Path commands = directory.resolve("pools.txt");
        Files.writeString(commands, pool);
        return SpoolProcess.start(directory,
                MailApplication.war("spool", Map.of()).addPackage(SpoolServlet.class.getPackage()),
                Map.of("mailroom.spool.datasource", name, "mailroom.spool.sweep", "500ms"),
                List.of(MailApplication.place(PGXADataSource.class)),
                List.of("--postbootcommandfile", commands.toString()));
    }

    private String send(SpoolProcess server, String to, String how) throws Exception {
        String answer = server.get("spool?do=send&user=jack&to=" + to + how);
        if (answer.startsWith("true ")) {
            accepted.add(to);
        }
        return answer;
    }

    /** @return the answers to those that were refused */
    private List<String> refusals(SpoolProcess server, int count, String how) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            Callable<String> one = () -> send(server, "m" + number.incrementAndGet() + "@example.org", how);
            List<String> refusals = new ArrayList<>();
            for (Future<String> answer : callers.invokeAll(Collections.nCopies(count, one))) {
                if (!answer.get().startsWith("true ")) {
                    refusals.add(answer.get());
                }
            }
            return refusals;
        } finally {
            callers.shutdown();
        }
    }

    private static Stream<String> recipients(ScriptedSmtpServer smtp) {
        return smtp.mails().stream().map(ReceivedMail::recipientPaths).map(paths -> paths.get(0));
    }

    private void awaitAccepted(ScriptedSmtpServer smtp) {
        smtp.await("every accepted mail",
                () -> recipients(smtp).collect(Collectors.toSet()).containsAll(accepted), LONG);
    }

    @ParameterizedTest
    @CsvSource({"javax.sql.XADataSource, org.postgresql.xa.PGXADataSource",
        "javax.sql.ConnectionPoolDataSource, org.postgresql.ds.PGConnectionPoolDataSource",
        "javax.sql.DataSource, org.postgresql.ds.PGSimpleDataSource"})
    void afterARestartOfPostgresTheSpoolGoesOnWithoutOneOfTheServer(String type, String className) throws Exception {
        try (PrivatePostgres database = PrivatePostgres.startOrSkip();
                var smtp = ScriptedSmtpServer.builder().start();
                SpoolProcess server = server(database.port(), type, className)) {
            assertTrue(server.get("spool?do=start&user=jack&port=" + smtp.port()).startsWith("true"));
            assertEquals(List.of(), refusals(server, MAILS, IN_TRANSACTION));
            database.restart();
            assertEquals(List.of(), refusals(server, CALLERS, ALONE), "a dead connection is replaced");
            assertEquals(List.of(), refusals(server, MAILS, IN_TRANSACTION));
            database.restart();
            List<String> refused = new ArrayList<>(refusals(server, CALLERS, IN_TRANSACTION));
            for (List<String> more = refusals(server, MAILS, IN_TRANSACTION); !more.isEmpty();
                    more = refusals(server, MAILS, IN_TRANSACTION)) {
                refused.addAll(more);
                assertTrue(refused.size() <= MOST_CONNECTIONS, "a dead connection is met twice: " + refused);
            }
            assertTrue(refused.stream().allMatch(answer -> answer.startsWith("false SPOOL:")
                    || answer.contains("RollbackException")), refused.toString());
            awaitAccepted(smtp);
            List<String> complaints = Arrays.stream(server.log().split("\n")).filter(line -> line.contains("MR05"))
                    .toList();
            assertTrue(complaints.size() <= 10, "written for each mail: " + complaints);
        }
    }

    /** The commands of docs/spool.md: the pool itself finds out which connections are dead. */
    @Test
    void withThePoolOfTheDocumentationNobodyNoticesARestart() throws Exception {
        try (PrivatePostgres database = PrivatePostgres.startOrSkip();
                var smtp = ScriptedSmtpServer.builder().start();
                SpoolProcess server = server("jdbc/mailroom", Documentation.block("spool-pool")
                        .replace("portNumber=5432", "portNumber=" + database.port())
                        .replace("databaseName=mailroom", "databaseName=postgres") + "\n")) {
            assertTrue(server.get("spool?do=start&user=jack&port=" + smtp.port()).startsWith("true"));
            assertEquals(List.of(), refusals(server, MAILS, IN_TRANSACTION));
            database.restart();
            assertEquals(List.of(), refusals(server, MAILS, IN_TRANSACTION));
            awaitAccepted(smtp);
        }
    }

    /** Alone, and in a caller's transaction: with the same key there is one mail, whatever was told. */
    @Test
    void aCommitWhoseAnswerIsLostIsInDoubtAndTheIdempotencyKeySettlesIt() throws Exception {
        try (PrivatePostgres database = PrivatePostgres.startOrSkip();
                LostAnswers proxy = LostAnswers.before(database.port());
                var smtp = ScriptedSmtpServer.builder().start();
                SpoolProcess server = server(proxy.port(), "javax.sql.XADataSource", PGXADataSource.class.getName())) {
            assertTrue(server.get("spool?do=start&user=jack&port=" + smtp.port()).startsWith("true"));
            assertEquals(List.of(), refusals(server, CALLERS, IN_TRANSACTION));
            proxy.loseAnswer(INSERT, INSERT);
            String alone = send(server, "alone@example.org", ALONE + "&key=k1");
            assertEquals(1, proxy.lost());
            assertTrue(alone.startsWith("false SPOOL_IN_DOUBT:"), alone);
            assertTrue(send(server, "alone@example.org", ALONE + "&key=k1").startsWith("true "));
            proxy.loseAnswer(INSERT, "COMMIT");
            String joined = send(server, "joined@example.org", IN_TRANSACTION + "&key=k2");
            assertEquals(2, proxy.lost());
            // What the transaction manager makes of it is the server's; it must not be a plain rollback.
            assertTrue(joined.startsWith("false ") && !joined.contains("RollbackException"), joined);
            String again = send(server, "joined@example.org", IN_TRANSACTION + "&key=k2");
            assertTrue(again.startsWith("true ") || send(server, "joined@example.org", ALONE + "&key=k2")
                    .startsWith("true "), again);
            awaitAccepted(smtp);
            assertEquals(recipients(smtp).distinct().count(), recipients(smtp).count());
        }
    }
}
