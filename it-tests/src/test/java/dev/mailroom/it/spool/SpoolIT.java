package dev.mailroom.it.spool;

import static dev.mailroom.it.inside.Complaints.assertContent;
import static dev.mailroom.it.inside.SampleMails.letter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailSMTPSession;
import dev.mailroom.facade.EmailStatus;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.facade.MailRefusedException;
import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.spool.application.SettledMails;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
    private static final String KEY_A = Secrets.of("a");
    private static final String KEY_B = Secrets.of("b");

    @Inject
    private MailFacade mail;
    @EJB
    private MailFacade ejb;
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
        Future<MailStatus> outcome = mail.sendAsync("jack", letter()).toCompletableFuture();
        transaction.rollback();
        assertEquals(EmailStatus.EMAIL_UNKNOWN, mail.emailStatus(email.getMailIdentifier()));
        var refusal = assertThrows(ExecutionException.class, () -> outcome.get(30, TimeUnit.SECONDS));
        assertInstanceOf(MailRefusedException.class, refusal.getCause());
        sent();
        smtp.awaitMails(1, SOON);
        assertEquals(1, smtp.mailCount());
    }

    @Test
    void inATransactionMarkedForRollbackEverythingWorksButAcceptingAMail() throws Exception {
        Email before = sent();
        transaction.begin();
        transaction.setRollbackOnly();
        assertEquals("", mail.errorInfo());
        Email refused = letter();
        assertFalse(mail.emailSendMessage("jack", refused));
        assertTrue(mail.errorInfo().contains("marked for rollback"), mail.errorInfo());
        assertEquals(mail.errorInfo(), refused.getError());
        assertTrue(mail.sendAsync("jack", letter()).toCompletableFuture().isCompletedExceptionally());
        assertFalse(mail.sendAll("jack", List.of(letter())));
        assertNotEquals(EmailStatus.EMAIL_UNKNOWN, mail.emailStatus(before.getMailIdentifier()), mail::errorInfo);
        assertContent(mail, mail.emailSetTimeOut(20));
        assertContent(mail, mail.emailBuildSource(letter()));
        assertContent(mail, mail.emailStartSMTPSession("jill", "127.0.0.1", smtp.port()));
        assertContent(mail, mail.emailSendMessage("jill", letter()));
        assertContent(mail, mail.emailStartSMTPSession("jill", "127.0.0.1", smtp.port(), true));
        for (String session : List.of("jill", "jill")) {
            mail.emailCloseSession(session);
            assertEquals("", mail.errorInfo());
        }
        assertEquals(Status.STATUS_MARKED_ROLLBACK, transaction.getStatus(), "nobody has touched it");
        transaction.rollback();
        assertContent(mail, mail.emailSendMessage("jack", refused));
        smtp.awaitMails(3, SOON);
        assertEquals(3, smtp.mailCount());
    }

    @Test
    void throughTheEjbEverythingButSendingWorksInSuchATransactionAndAcceptingTakesPart() throws Exception {
        transaction.begin();
        transaction.setRollbackOnly();
        assertEquals("", ejb.errorInfo());
        assertTrue(ejb.emailSetTimeOut(20), ejb::errorInfo);
        assertFalse(ejb.emailStartSMTPSession("jill", "", 25));
        assertTrue(ejb.errorInfo().contains("<SMTP server> is blank"), ejb.errorInfo());
        ejb.emailCloseSession("nobody");
        assertTrue(ejb.errorOccurred());
        transaction.rollback();
        transaction.begin();
        Email email = letter();
        assertTrue(ejb.emailSendMessage("jack", email), ejb::errorInfo);
        transaction.rollback();
        assertEquals(EmailStatus.EMAIL_UNKNOWN, ejb.emailStatus(email.getMailIdentifier()));
        assertEquals(0, smtp.mailCount());
    }

    @Test
    void theMailsOfTwoAccountsUnderOneNameEachLeaveOverTheirOwn() throws Exception {
        try (var keyed = ScriptedSmtpServer.builder().user("apikey", KEY_A).start();
                var other = ScriptedSmtpServer.builder().user("apikey", KEY_B).start()) {
            EmailSMTPSession a = variable(keyed, KEY_A);
            EmailSMTPSession b = variable(other, KEY_B);
            for (EmailSMTPSession variable : List.of(a, b)) {
                assertTrue(variable.startSession(), mail::errorInfo);
            }
            transaction.begin();
            for (int i = 0; i < 10; i++) {
                assertTrue(a.sendMessage(letter(email -> email.setSubject("over a"))), mail::errorInfo);
                assertTrue(b.sendMessage(letter(email -> email.setSubject("over b"))), mail::errorInfo);
            }
            mail.emailCloseSession(a);
            transaction.commit();
            mail.emailCloseSession(b);
            keyed.awaitMails(10, SOON);
            other.awaitMails(10, SOON);
            assertTrue(keyed.mails().stream().allMatch(one -> one.text().contains("Subject: over a")));
            assertTrue(other.mails().stream().allMatch(one -> one.text().contains("Subject: over b")));
        }
    }

    private static EmailSMTPSession variable(ScriptedSmtpServer server, String password) {
        EmailSMTPSession variable = new EmailSMTPSession();
        variable.setServerAddress("127.0.0.1");
        variable.setPort(server.port());
        variable.setName("apikey");
        variable.setPassword(password);
        variable.setAsynchronous(true);
        return variable;
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
