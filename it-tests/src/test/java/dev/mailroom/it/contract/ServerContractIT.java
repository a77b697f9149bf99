package dev.mailroom.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.contract.application.ContractServlet;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ReceivedMail;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.TestCertificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works on every server; each row of the table in {@code docs/servers.md} is one of these tests. */
@ExtendWith(ContractReport.class)
final class ServerContractIT {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final SupportedServer SERVER = SupportedServer.asked();

    @TempDir
    private static Path directory;
    private static ScriptedSmtpServer smtp;
    private static ScriptedSmtpServer tls;
    private static RunningServer server;

    /** The two jars, what this server lacks, and an application. */
    static Path war(Path directory) {
        return war(directory, "contract", Map.of());
    }

    /** The same, configured by itself. */
    static Path war(Path directory, String name, Map<String, String> configuration) {
        WebArchive war = SERVER.host(MailApplication.war(name, configuration))
                .addPackage(ContractServlet.class.getPackage());
        SERVER.libraries().forEach(library -> war.addAsLibrary(MailApplication.place(library).toFile()));
        Path file = directory.resolve(name + ".war");
        war.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    @BeforeAll
    static void start() throws Exception {
        smtp = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack")).user("pail", Secrets.of("pail")).start();
        tls = ScriptedSmtpServer.builder().user("jack", Secrets.of("jack"))
                .startTls(TestCertificates.get().good()).start();
        server = RunningServer.start(SERVER, directory, war(directory), Map.of(
                "mailroom.spool.directory", directory.resolve("spool").toString(),
                "mailroom.spool.sweep", "500ms",
                "mailroom.security.trust-store", TestCertificates.get().trustStore().toString(),
                "mailroom.security.trust-store-password", TestCertificates.get().password(),
                "mailroom.session.billing.server", "127.0.0.1",
                "mailroom.session.billing.port", String.valueOf(smtp.port()),
                "mailroom.session.billing.username", "pail",
                "mailroom.session.billing.password", Secrets.of("pail"),
                "mailroom.session.billing.roles", "accountant"));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        smtp.close();
        tls.close();
    }

    private static String[] jack(ScriptedSmtpServer at) {
        return new String[] {"user", "jack", "password", Secrets.of("jack"), "port", String.valueOf(at.port())};
    }

    private static void startSession(String kind) throws IOException {
        assertEquals("true", server.ask(kind, jack(smtp)));
    }

    private static boolean arrived(String subject) {
        return smtp.mails().stream().map(ReceivedMail::text).anyMatch(text -> text.contains("Subject: " + subject));
    }

    private static void awaitArrival(String subject) {
        smtp.await(subject, () -> arrived(subject), LONG);
    }

    @Test
    void aSynchronousMailIsThereWhenTheCallReturns() throws IOException {
        startSession("start");
        assertTrue(server.ask("send", "user", "jack", "subject", "synchronous").startsWith("true"));
        assertTrue(arrived("synchronous"));
    }

    @Test
    void htmlWithAnAttachmentIsComposed() throws IOException {
        startSession("start");
        assertEquals("true", server.ask("html", "user", "jack", "subject", "html"));
        String text = smtp.mails().stream().map(ReceivedMail::text)
                .filter(mail -> mail.contains("Subject: html")).findFirst().orElseThrow();
        assertTrue(text.contains("multipart/mixed") && text.contains("multipart/alternative")
                && text.contains("pail.txt"), text);
    }

    @Test
    void tlsTrustsTheAdministratorsAnchors() throws IOException {
        assertEquals("true", server.ask("start-tls", jack(tls)));
        assertTrue(server.ask("send", "user", "jack", "subject", "encrypted").startsWith("true"));
        assertEquals(1, tls.mailCount());
        assertTrue(tls.tlsSessions() >= 1);
    }

    @Test
    void anErrorIsToldToItsCaller() throws IOException {
        String wrong = server.ask("start", "user", "jack", "password", "wrong", "port", String.valueOf(smtp.port()));
        assertTrue(wrong.startsWith("false ") && wrong.contains("535"), wrong);
    }

    @Test
    void aNamedSessionIsForThoseWhoHaveItsRole() throws IOException {
        assertTrue(server.askAs("jack", "send", "user", "billing", "subject", "billed").startsWith("true"));
        assertTrue(arrived("billed"));
        assertTrue(server.askAs("jill", "send", "user", "billing", "subject", "not billed").startsWith("false "));
        assertTrue(server.ask("send", "user", "billing", "subject", "not billed").startsWith("false "));
        assertTrue(!arrived("not billed"));
    }

    @Test
    void usersAndVisitorsNeverShareASession() throws IOException {
        assertEquals("true", server.askAs("jill", "start", jack(smtp)));
        assertEquals("true", server.askAs("jack", "start", "user", "pail", "password", Secrets.of("pail"),
                "port", String.valueOf(smtp.port())));
        assertTrue(server.askAs("jill", "send", "user", "pail", "subject", "stolen").startsWith("false "));
        assertTrue(server.ask("send", "user", "pail", "subject", "stolen").startsWith("false "));
        assertTrue(server.askAs("jack", "send", "user", "pail", "subject", "own").startsWith("true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ANONYMOUS", "anonymous", "UNAUTHENTICATED", "guest"})
    void aUserNamedLikeNobodyIsSomebody(String name) throws IOException {
        assumeFalse(server.askAs(name, "principal").isEmpty(), "this server takes a user of that name for nobody");
        String[] pail = {"user", "pail", "password", Secrets.of("pail"), "port", String.valueOf(smtp.port())};
        assertEquals("true", server.askAs(name, "start", pail));
        assertTrue(server.ask("send", "user", "pail", "subject", "borrowed").startsWith("false "));
        assertEquals(List.of("true"), server.runAs(name, "servlet", "close pail"));
        assertEquals("true", server.ask("start", pail));
        assertTrue(server.askAs(name, "send", "user", "pail", "subject", "borrowed").startsWith("false "));
        assertEquals(List.of("true"), server.run("servlet", "close pail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"servlet", "rest/request", "rest/ejb", "rest/asynchronous", "rest/timer", "rest/managed",
            "rest/plain"})
    void everyKindOfThreadMailsAndHasItsErrorState(String thread) throws IOException {
        assertEquals(List.of("true", "true", "hill", "true", "true", "false"),
                server.run(thread, "start pail " + Secrets.of("pail") + " " + smtp.port(), "send pail first",
                        "compose hill", "send-composed pail", "close pail", "error"));
        List<String> wrong = server.run(thread, "start pail wrong " + smtp.port(), "error");
        assertTrue(wrong.get(1).startsWith("true ") && wrong.get(1).contains("535"), wrong.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rest/asynchronous", "rest/managed"})
    void whoCallsIsKnownOnOtherThreadsToo(String thread) throws IOException {
        assertEquals(List.of("true"), server.runAs("jack", "rest/request",
                "start pail " + Secrets.of("pail") + " " + smtp.port()));
        assertEquals(List.of("true"), server.runAs("jack", thread, "send pail a"));
        assertTrue(server.runAs("jill", thread, "send pail a").get(0).startsWith("false "));
    }

    @Test
    void anAsynchronousMailArrivesAndTheApplicationIsToldSo() throws IOException {
        startSession("start-asynchronous");
        String answer = server.ask("send", "user", "jack", "subject", "asynchronous");
        assertTrue(answer.startsWith("true M-"), answer);
        awaitArrival("asynchronous");
        smtp.await("its outcome", () -> outcomes().contains("asynchronous SENT"), LONG);
        assertEquals("EMAIL_SENT", server.ask("status", "id", answer.substring(5)));
    }

    private static String outcomes() {
        try {
            return server.ask("outcomes");
        } catch (IOException e) {
            return e.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "managed-"})
    void aSpooledMailSharesTheFateOfItsTransaction(String whose) throws IOException {
        startSession("start-asynchronous");
        String lost = server.ask(whose + "rollback", "user", "jack", "subject", whose + "rolled back");
        assertTrue(lost.startsWith("true M-"), lost);
        String kept = server.ask(whose + "commit", "user", "jack", "subject", whose + "committed");
        assertTrue(kept.startsWith("true M-"), kept);
        awaitArrival(whose + "committed");
        assertEquals("EMAIL_UNKNOWN", server.ask("status", "id", lost.substring(5)));
        assertTrue(!arrived(whose + "rolled back"));
    }

    @Test
    void theSpoolsAdministrationIsForItsRole() throws IOException {
        assertEquals("refused", server.ask("administration"));
        assertEquals("refused", server.askAs("jack", "administration"));
    }

    @Test
    void thePoolIsSeenOverJmx() throws IOException {
        assertTrue(server.ask("pools").contains("type=Pool"), server.ask("pools"));
    }
}
