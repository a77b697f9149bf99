package dev.mailroom.facade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.spool.SpoolFullException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many mails in one call. */
class MailingTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;

    @BeforeEach
    void start() {
        assertTrue(facade.emailStartSMTPSession("user", "host"));
    }

    private static List<Email> emails(int count) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(n -> {
            Email email = Bench.email();
            email.setSubject("number " + n);
            return email;
        }).toList());
    }

    private static Failure failure(Delivery delivery, boolean reusable, SmtpReply reply) {
        return new Failure(Phase.MAIL, "it failed: " + reply, delivery, reusable, reply, List.of(), "host", 25);
    }

    private static boolean isNumber(Mail mail, int number) {
        return Bench.text(mail).contains("Subject: number " + number + "\r\n");
    }

    private List<Integer> numbersReceived() {
        return bench.sessions.received.stream()
                .map(mail -> Bench.text(mail).replaceAll("(?s).*Subject: number (\\d+)\r\n.*", "$1"))
                .map(Integer::valueOf).toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private void assertFails(List<Email> emails, Code code, String part) {
        assertFalse(facade.sendAll("user", emails));
        assertEquals(code, facade.lastError().orElseThrow().code());
        assertTrue(facade.errorInfo().contains(part), facade.errorInfo());
    }

    @Test
    void allMailsOfAListLeaveInItsOrderAndEachKnowsItsId() {
        List<Email> emails = emails(1000);
        assertTrue(facade.sendAll("user", emails));
        assertEquals(numbers(0, 1000), numbersReceived());
        for (int i = 0; i < emails.size(); i++) {
            assertEquals("", emails.get(i).getError());
            assertTrue(bench.received(i).contains("Message-ID: <" + emails.get(i).getId() + ">\r\n"));
        }
        assertTrue(bench.sessions.streams < 5, "a few streams, not " + bench.sessions.streams);
    }

    @Test
    void anEmptyListIsSent() {
        assertTrue(facade.sendAll("user", List.of()));
        assertEquals(0, bench.sessions.streams);
    }

    @Test
    void oneRefusedMailHoldsUpNoneAndTheErrorCountsAndNamesTheFirst() {
        SmtpReply full = SmtpReply.of(552, "5.2.2 mailbox full");
        bench.sessions.stream = (mail, accepted) -> isNumber(mail, 3) || isNumber(mail, 5)
                ? failure(Delivery.REJECTED, true, full) : FakeSessions.ACCEPTED;
        List<Email> emails = emails(10);
        assertFails(emails, Code.SMTP, "2 of 10 mails were not sent. The first, <Emails>[4]: it failed");
        assertEquals(full, facade.lastError().orElseThrow().failure().orElseThrow().reply());
        assertEquals(8, bench.sessions.received.size());
        assertEquals(List.of(3, 5), failed(emails));
    }

    private static List<Integer> failed(List<Email> emails) {
        return IntStream.range(0, emails.size()).filter(i -> !emails.get(i).getError().isEmpty()).boxed().toList();
    }

    @Test
    void aMailThatCannotBeComposedIsTheOnlyOneNotSent() {
        List<Email> emails = emails(3);
        emails.get(1).setSender("nobody");
        assertFails(emails, Code.BAD_ARGUMENT, "1 of 3 mails were not sent. The first, <Emails>[2]: Email.Sender");
        assertEquals(List.of(0, 2), numbersReceived());
    }

    @Test
    void aServerThatTakesSomeMailsAConnectionGetsThemAllOnceEach() {
        bench.sessions.stream = new FakeSessions.Stream() {
            private int taken;

            @Override
            public void connected() {
                taken = 0;
            }

            @Override
            public Outcome receive(Mail mail, int accepted) {
                return taken++ < 10 ? FakeSessions.ACCEPTED
                        : failure(Delivery.REJECTED, false, SmtpReply.of(421, "4.7.0 enough"));
            }
        };
        assertTrue(facade.sendAll("user", emails(95)), facade.errorInfo());
        assertEquals(numbers(0, 95), numbersReceived());
        assertEquals(10, bench.sessions.streams);
    }

    @Test
    void aMailThatCostsTheConnectionEachTimeTakesNoOtherWithIt() {
        bench.sessions.stream = (mail, accepted) -> isNumber(mail, 2)
                ? FakeSessions.LOST : FakeSessions.ACCEPTED;
        List<Email> emails = emails(20);
        assertFails(emails, Code.SMTP, "1 of 20 mails were not sent. The first, <Emails>[3]");
        assertEquals(List.of(2), failed(emails));
        assertEquals(19, bench.sessions.received.size());
    }

    @Test
    void filesThatAreGoneCostNoOtherMail(@TempDir Path folder) throws IOException {
        Path gone = Files.writeString(folder.resolve("gone.txt"), "soon");
        bench.sessions.stream = new FakeSessions.Stream() {
            @Override
            public void connected() {
                try {
                    Files.deleteIfExists(gone);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public Outcome receive(Mail mail, int accepted) {
                try {
                    mail.data().writeTo(OutputStream.nullOutputStream());
                    return FakeSessions.ACCEPTED;
                } catch (IOException e) {
                    return FakeSessions.LOST;
                }
            }
        };
        List<Email> emails = emails(20);
        emails.subList(4, 9).forEach(email -> email.getAttach().add(EmailAttachment.file(gone)));
        assertFails(emails, Code.SMTP, "5 of 20 mails were not sent. The first, <Emails>[5]");
        assertEquals(numbers(4, 9), failed(emails));
    }

    @Test
    void aMailInDoubtIsNotSentAgainAndKeepsItsId() {
        bench.sessions.stream = (mail, accepted) -> isNumber(mail, 1)
                ? failure(Delivery.IN_DOUBT, false, SmtpReply.NONE) : FakeSessions.ACCEPTED;
        List<Email> emails = emails(6);
        assertFails(emails, Code.SMTP, "1 of 6");
        assertEquals(List.of(0, 2, 3, 4, 5), numbersReceived());
        assertFalse(emails.get(1).getId().isEmpty());
    }

    @Test
    void aServerThatTakesNothingIsLeftAloneSoon() {
        bench.sessions.stream = (mail, accepted) -> FakeSessions.LOST;
        List<Email> emails = emails(1000);
        assertFails(emails, Code.SMTP, "1000 of 1000 mails were not sent");
        assertEquals(3, bench.sessions.streams);
        assertEquals(1000, failed(emails).size());
    }

    @Test
    void withoutAConnectionTheRestIsNotAttemptedAndSaysSo() {
        bench.sessions.stream = new FakeSessions.Stream() {
            @Override
            public void connected() throws SmtpException {
                if (bench.sessions.streams == 1) {
                    throw new SmtpException(failure(Delivery.NOT_SENT, false, SmtpReply.NONE));
                }
            }

            @Override
            public Outcome receive(Mail mail, int accepted) {
                return accepted < 3 ? FakeSessions.ACCEPTED : FakeSessions.LOST;
            }
        };
        List<Email> emails = emails(10);
        assertFails(emails, Code.SMTP, "7 of 10 mails were not sent. The first, <Emails>[4]");
        assertEquals(numbers(3, 10), failed(emails));
    }

    @Test
    void aSessionThatIsNotOpenIsTheErrorOfEveryMail() {
        facade.emailCloseSession("user");
        List<Email> emails = emails(2);
        assertFails(emails, Code.NO_SUCH_SESSION, "2 of 2");
        assertEquals(List.of(0, 1), failed(emails));
    }

    @Test
    void anAbsentEmailIsNamedAndNothingIsSent() {
        assertFails(Arrays.asList(Bench.email(), null), Code.BAD_ARGUMENT, "<Emails>[2] is null");
        assertFails(null, Code.BAD_ARGUMENT, "<Emails> is null");
        assertEquals(0, bench.sessions.streams);
    }

    @Test
    void anAsynchronousSessionSpoolsEachMail() {
        facade.emailStartSMTPSession("user", null, "host", 25, true);
        List<Email> emails = emails(3);
        emails.get(1).setSender("nobody");
        assertFails(emails, Code.BAD_ARGUMENT, "1 of 3");
        assertEquals(2, bench.spool.mails.size());
        assertEquals(1, emails.get(0).getMailIdentifier());
        assertEquals(2, emails.get(2).getMailIdentifier());
    }

    @Test
    void aMailThatTheSpoolFindsWrongHoldsUpNoOther() {
        facade.emailStartSMTPSession("user", null, "host", 25, true);
        List<Email> emails = emails(3);
        emails.get(1).setIdempotencyKey("k".repeat(256));
        assertFails(emails, Code.BAD_ARGUMENT, "1 of 3 mails were not sent. The first, <Emails>[2]");
        assertEquals(2, bench.spool.mails.size());
    }

    @Test
    void aMailWithAnIdempotencyKeyIsRefusedByASynchronousSessionAndHoldsUpNoOther() {
        List<Email> emails = emails(3);
        emails.get(1).setIdempotencyKey("invoice 7");
        assertFails(emails, Code.BAD_ARGUMENT, "<Emails>[2]: Email.IdempotencyKey is \"invoice 7\", but the session"
                + " \"user\" is synchronous");
        assertEquals(List.of(0, 2), numbersReceived());
    }

    @Test
    void aFullSpoolIsAskedOnce() {
        facade.emailStartSMTPSession("user", null, "host", 25, true);
        bench.spool.refusal = new SpoolFullException("the spool is full");
        List<Email> emails = emails(5);
        assertFails(emails, Code.SPOOL, "5 of 5 mails were not sent. The first, <Emails>[1]: the spool is full");
        assertEquals(5, failed(emails).size());
    }

    @Test
    void anUnexpectedExceptionEndsItsOwnMailOnlyAlsoWhereMailsAreSpooled() {
        assertTrue(facade.emailStartSMTPSession("async", "host", 25, EmailMode.EMAIL_ASYNCHRONOUS));
        List<Email> emails = emails(3);
        bench.spool.unexpected = mail -> isNumber(mail, 1);
        assertFalse(facade.sendAll("async", emails));
        assertEquals(2, bench.spool.mails.size());
        assertEquals("", emails.get(0).getError() + emails.get(2).getError());
        assertFalse(emails.get(1).getError().isEmpty());
    }
}
