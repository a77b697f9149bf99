package dev.mailroom.it.spool;

import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.Letters.letter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailStatus;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SettledMails;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asynchronous sessions over the embedded database, in the caller's transactions. */
@ExtendWith(ArquillianExtension.class)
final class SpoolIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    private MailFacade mail;
    @Inject
    private SettledMails settled;
    @Resource
    private UserTransaction transaction;
    @Resource(lookup = "java:comp/DefaultDataSource")
    private DataSource business;
    private ScriptedSmtpServer smtp;

    @Deployment
    static WebArchive application() {
        String directory = Path.of("target", "spool-it-" + System.nanoTime()).toAbsolutePath().toString();
        return MailApplication.warForTestsInside("spooling", Map.of(
                "mailroom.spool.directory", directory,
                "mailroom.spool.sweep", "100ms",
                "mailroom.spool.retry.initial", "100ms"))
                .addPackage(SettledMails.class.getPackage());
    }

    @BeforeEach
    void startSession() {
        smtp = ScriptedSmtpServer.builder().start();
        assertContent(mail, mail.emailStartSMTPSession("jack", "", "127.0.0.1", smtp.port(), true));
    }

    @AfterEach
    void stopServer() {
        mail.emailCloseSession("jack");
        smtp.close();
    }

    private Email sent() {
        Email email = letter();
        assertContent(mail, mail.emailSendMessage("jack", email));
        assertTrue(email.getMailIdentifier() > 0);
        return email;
    }

    @Test
    void aMailLeavesAfterTheCommitAndNotBefore() throws Exception {
        transaction.begin();
        Email email = sent();
        assertEquals(EmailStatus.EMAIL_PENDING, mail.emailStatus(email.getMailIdentifier()));
        Email free = letter();
        assertEquals(SpoolState.SENT, sendOutside(free).state(), "others are not held up meanwhile");
        assertEquals(1, smtp.mailCount());
        transaction.commit();
        smtp.awaitMails(2, SOON);
        assertEquals(SpoolState.SENT, settled.await(email.getMailIdentifier()).state());
        assertEquals(EmailStatus.EMAIL_SENT, mail.emailStatus(email.getAsynchronousEmailIdentifier()));
    }

    private MailStatus sendOutside(Email email) throws Exception {
        MailStatus[] status = new MailStatus[1];
        Thread thread = new Thread(() -> {
            try {
                status[0] = mail.sendAsync("jack", email).toCompletableFuture().get(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        thread.join();
        return status[0];
    }

    @Test
    void aRolledBackMailNeverExisted() throws Exception {
        transaction.begin();
        Email email = sent();
        transaction.rollback();
        assertEquals(EmailStatus.EMAIL_ERROR, mail.emailStatus(email.getMailIdentifier()));
        sent();
        smtp.awaitMails(1, SOON);
        assertEquals(1, smtp.mailCount());
    }

    @Test
    void aBusinessRowInAnotherXaDatabaseAndItsMailAreCommittedTogether() throws Exception {
        execute("create table if not exists invoice (id integer)");
        execute("delete from invoice");
        transaction.begin();
        execute("insert into invoice values (1)");
        sent();
        transaction.rollback();
        transaction.begin();
        Email email = sent();
        execute("insert into invoice values (2)");
        transaction.commit();
        assertEquals(SpoolState.SENT, settled.await(email.getMailIdentifier()).state());
        assertEquals(1, smtp.mailCount());
        assertEquals(2, execute("select sum(id) from invoice"));
    }

    private int execute(String sql) throws SQLException {
        try (var connection = business.getConnection(); var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return 0;
            }
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    @Test
    void aRefusedMailEndsAsErrorWithTheServersReply() throws Exception {
        smtp.on(When.at(Step.RCPT), Action.reply("550 5.1.1 No such user"));
        Email email = letter();
        MailStatus status = mail.sendAsync("jack", email).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertEquals(SpoolState.FAILED, status.state());
        assertEquals(550, status.recipients().get(0).reply().code());
        assertEquals(EmailStatus.EMAIL_ERROR, mail.emailStatus(email.getMailIdentifier()));
        assertTrue(mail.errorInfo().contains("550"), mail.errorInfo());
    }

    @Test
    void aTransientRefusalIsTriedAgainByItself() throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        smtp.script(now -> (now.step() == Step.FINAL_DOT || now.step() == Step.BDAT) && !refused.getAndSet(true)
                ? Optional.of(Action.reply("451 4.3.0 Try later")) : Optional.empty());
        MailStatus status = mail.sendAsync("jack", letter()).toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertEquals(SpoolState.SENT, status.state());
        assertTrue(status.attempts() > 1, "attempts " + status.attempts());
    }

    @Test
    void aServerThatIsDownGetsItsMailsWhenItIsBack() {
        smtp.on(When.at(Step.GREETING), Action.reply("421 4.3.2 Going down").then(Action.cut()));
        smtp.dropAll();
        sent();
        smtp.await("three attempts", () -> smtp.connectionsOpened() > 3, SOON);
        smtp.behave();
        smtp.awaitMails(1, SOON);
    }

    @Test
    void theMailsOfAClosedSessionAreStillSent() throws Exception {
        transaction.begin();
        sent();
        mail.emailCloseSession("jack");
        transaction.commit();
        smtp.awaitMails(1, SOON);
        assertContent(mail, mail.emailStartSMTPSession("jack", "", "127.0.0.1", smtp.port(), true));
    }

    @Test
    void aStuckServerHoldsUpNobodyElse() {
        try (var stuck = ScriptedSmtpServer.builder().start()) {
            assertContent(mail, mail.emailStartSMTPSession("jill", "", "127.0.0.1", stuck.port(), true));
            stuck.on(When.at(Step.MAIL), Action.silence());
            assertContent(mail, mail.emailSendMessage("jill", letter()));
            for (int i = 0; i < 50; i++) {
                sent();
            }
            smtp.awaitMails(50, SOON);
            assertEquals(0, stuck.mailCount());
            mail.emailCloseSession("jill");
        }
    }

    @Test
    void theSameIdempotencyKeyIsSentOnce() {
        Email first = letter(email -> email.setIdempotencyKey("invoice 7"));
        Email second = letter(email -> email.setIdempotencyKey("invoice 7"));
        assertContent(mail, mail.emailSendMessage("jack", first));
        assertContent(mail, mail.emailSendMessage("jack", second));
        assertEquals(first.getMailIdentifier(), second.getMailIdentifier());
        sent();
        smtp.awaitMails(2, SOON);
        assertEquals(2, smtp.mailCount());
    }
}
