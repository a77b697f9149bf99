package dev.mailroom.facade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mailroom.Mail;
import dev.mailroom.SmtpSession.MailDefaults;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.fields.EmailFields;
import dev.mailroom.facade.fields.EmailFields.OwnField;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.util.MimeUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Email may say beside the usual properties, as another parser (Apache James') reads what is sent. */
class EmailFieldsTest {
    private final Bench bench = new Bench();
    private final MailFacade facade = bench.facade;
    private final Email email = Bench.email();

    @BeforeEach
    void start() {
        assertTrue(facade.emailStartSMTPSession("sync", "host"));
        assertTrue(facade.emailStartSMTPSession("async", "host", 25, EmailMode.EMAIL_ASYNCHRONOUS));
    }

    /** Over the three ways that a mail may leave: each must say the same. */
    private void sentInEveryWay(Consumer<Mail> check) {
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        assertTrue(facade.sendAll("sync", List.of(email)), facade.errorInfo());
        assertTrue(facade.emailSendMessage("async", email), facade.errorInfo());
        List<Mail> mails = new ArrayList<>(bench.sessions.received);
        mails.addAll(bench.spool.mails);
        assertEquals(3, mails.size());
        mails.forEach(check);
    }

    private static Message read(Mail mail) {
        try {
            return new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(Bench.text(mail).getBytes(UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String field(Mail mail, String name) {
        var field = read(mail).getHeader().getField(name);
        return field == null ? "" : MimeUtil.unfold(field.getBody()).strip();
    }

    @Test
    void ownFieldsAreReadAsTheyWereWritten() {
        email.getFields().add("X-Campaign", "spring");
        email.getFields().add("List-Id", "News <news.example.org>");
        email.getFields().add("X-Campaign", "Frühling ☀");
        String longValue = IntStream.range(0, 80).mapToObj(i -> "word" + i).reduce("", (a, b) -> a + " " + b).strip();
        email.getFields().add("X-Long", longValue);
        sentInEveryWay(mail -> {
            assertEquals("spring", field(mail, "X-Campaign"));
            assertEquals("News <news.example.org>", field(mail, "List-Id"));
            assertEquals(longValue, field(mail, "X-Long"));
            var second = read(mail).getHeader().getFields("X-Campaign").get(1);
            assertEquals("Frühling ☀", DecoderUtil.decodeEncodedWords(
                    MimeUtil.unfold(second.getBody()).strip(), UTF_8));
            assertTrue(Bench.text(mail).lines().allMatch(line -> line.length() <= 78), Bench.text(mail));
        });
    }

    @Test
    void aThreadIsAnsweredAndLongOnesKeepTheirEnds() {
        email.getFields().setInReplyTo("<b@x.org>");
        email.getFields().setReferences(List.of("a@x.org", "<b@x.org>"));
        sentInEveryWay(mail -> {
            assertEquals("<b@x.org>", field(mail, "In-Reply-To"));
            assertEquals("<a@x.org> <b@x.org>", field(mail, "References"));
        });
        email.getFields().setReferences(IntStream.range(0, 200).mapToObj(i -> i + "@x.org").toList());
        List<String> kept = email.getFields().getReferences();
        assertEquals(EmailFields.MOST_REFERENCES, kept.size());
        assertEquals("0@x.org", kept.get(0));
        assertEquals("199@x.org", kept.get(kept.size() - 1));
    }

    @Test
    void unsubscribingIsOneClickWhereThereIsAnAddressOnTheWeb() {
        email.getFields().unsubscribe("https://example.org/u?t=a%2Cb", "leave@example.org");
        email.getFields().setAutoSubmitted("auto-generated");
        sentInEveryWay(mail -> {
            assertEquals("<https://example.org/u?t=a%2Cb>, <mailto:leave@example.org>",
                    field(mail, "List-Unsubscribe"));
            assertEquals("List-Unsubscribe=One-Click", field(mail, "List-Unsubscribe-Post"));
            assertEquals("auto-generated", field(mail, "Auto-Submitted"));
        });
    }

    @Test
    void aMailAloneIsNoOneClick() {
        email.getFields().unsubscribe("", "mailto:leave@example.org?subject=leave");
        sentInEveryWay(mail -> {
            assertEquals("<mailto:leave@example.org?subject=leave>", field(mail, "List-Unsubscribe"));
            assertEquals("", field(mail, "List-Unsubscribe-Post"));
        });
        email.getFields().unsubscribe("https://example.org/" + "x".repeat(500), null);
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        assertTrue(bench.received(2).contains("\r\nList-Unsubscribe: <https://example.org/" + "x".repeat(500)
                + ">\r\n"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '#', value = {"http://example.org/u, ##", "https:///u, ##",
        "https://u:p@example.org/, ##", "https://example.org/ü, ##", "#https://example.org/a,b#, ##",
        "#https://example.org/>,<mailto:x@y.z#, ##",
        "##, nobody", "##, #a@b.c,d@e.f#", "##, #a@b.c>#", "javascript:alert(1), ##"})
    void whatCannotUnsubscribeIsRefusedAtOnce(String url, String mailto) {
        assertThrows(IllegalArgumentException.class, () -> email.getFields().unsubscribe(url, mailto));
    }

    @Test
    void severalAuthorsHaveASenderAndADateIsTheirs() {
        email.getOrigin().getFurtherAuthors().addAll(List.of("Bob <bob@example.org>", "eve@example.org"));
        Instant date = Instant.parse("2026-02-03T04:05:06Z");
        email.getOrigin().setDate(date);
        sentInEveryWay(mail -> {
            Message read = read(mail);
            assertEquals(List.of("sender@example.org", "bob@example.org", "eve@example.org"),
                    read.getFrom().stream().map(one -> one.getAddress()).toList());
            assertEquals("sender@example.org", read.getSender().getAddress());
            assertEquals(Date.from(date), read.getDate());
            assertEquals("sender@example.org", mail.envelope().reversePath());
        });
        email.getOrigin().setTransmitter("The office <office@example.org>");
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        assertEquals("office@example.org", read(bench.sessions.received.get(2)).getSender().getAddress());
    }

    @Test
    void bouncesGoWhereTheEnvelopeSays() {
        email.getOrigin().setEnvelopeSender("bounces+{id}@example.org");
        sentInEveryWay(mail -> {
            String id = read(mail).getMessageId();
            assertEquals("bounces+" + id.substring(1, id.indexOf('@')) + "@example.org", mail.envelope().reversePath());
        });
        assertNotEquals(bench.sessions.received.get(0).envelope().reversePath(),
                bench.sessions.received.get(1).envelope().reversePath());
        email.getOrigin().setEnvelopeSender("<>");
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        assertEquals("", bench.sessions.received.get(2).envelope().reversePath());
    }

    @Test
    void aSessionsDefaultsHoldWhereTheEmailSaysNothing() {
        bench.sessions.defaults = new MailDefaults("Billing <billing@example.org>", "answers@example.org",
                "bounces+{id}@example.org");
        email.setSender("");
        sentInEveryWay(mail -> {
            Message read = read(mail);
            assertEquals("billing@example.org", read.getFrom().get(0).getAddress());
            assertEquals("Billing", read.getFrom().get(0).getName());
            assertEquals("answers@example.org", field(mail, "Reply-To"));
            assertTrue(mail.envelope().reversePath().startsWith("bounces+"), mail.envelope().reversePath());
        });
        email.setSender("own@example.org");
        email.setSenderAddress("me@example.org");
        email.getOrigin().setEnvelopeSender("me@example.org");
        assertTrue(facade.emailSendMessage("sync", email), facade.errorInfo());
        Mail own = bench.sessions.received.get(2);
        assertEquals("own@example.org me@example.org me@example.org",
                field(own, "From") + " " + field(own, "Reply-To") + " " + own.envelope().reversePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"From", "sender", "TO", "Bcc", "Date", "Subject", "Message-ID", "Received", "Return-Path",
        "MIME-Version", "Content-Type", "content-x", "Resent-To", "DKIM-Signature", "ARC-Seal", "In-Reply-To",
        "List-Unsubscribe", "Authentication-Results", "X-Mailroom-Anything", "", "X Y", "X:", "X-Ü", "-", "X\r\nBcc",
        "X\0"})
    void aFieldThatSomebodyElseWritesIsRefusedWithWhatToDo(String name) {
        String message = assertThrows(IllegalArgumentException.class, () -> email.getFields().add(name, "x"))
                .getMessage();
        assertTrue(message.startsWith("the header field \""), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        assertEquals(List.of(), email.getFields().getOwn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nBcc: evil@x.y", "x\nBcc: evil@x.y", "x\rBcc: evil@x.y", "x\0y", "\r", "\n", "x\r\n y",
        "x\r\n\r\nbody"})
    void noValueBreaksOutOfItsField(String value) {
        EmailFields fields = email.getFields();
        for (Runnable setter : List.<Runnable>of(() -> fields.add("X-Own", value), () -> fields.add(value, "x"),
                () -> fields.setInReplyTo(value + "@x.y"), () -> fields.setReferences(List.of(value + "@x.y")),
                () -> fields.setAutoSubmitted(value), () -> fields.unsubscribe("https://x.y/" + value, ""),
                () -> fields.unsubscribe("", value + "@x.y"))) {
            String message = assertThrows(IllegalArgumentException.class, setter::run).getMessage();
            assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        }
        for (Consumer<Email> setter : List.<Consumer<Email>>of(
                one -> one.getOrigin().setTransmitter(value + " <a@b.c>"),
                one -> one.getOrigin().setEnvelopeSender(value + "{id}@b.c"),
                one -> one.getOrigin().getFurtherAuthors().add(value + " <a@b.c>"))) {
            Email one = Bench.email();
            setter.accept(one);
            assertFalse(facade.emailSendMessage("sync", one), value);
            assertEquals(Code.BAD_ARGUMENT, facade.lastError().orElseThrow().code());
            assertTrue(facade.errorInfo().startsWith("Email.Origin."), facade.errorInfo());
            assertTrue(facade.errorInfo().chars().noneMatch(Character::isISOControl), facade.errorInfo());
        }
        bench.sessions.received.forEach(mail -> assertEquals(List.of("recipient@example.org"),
                mail.envelope().forwardPaths()));
    }

    @Test
    void thereAreBounds() {
        for (int i = 0; i < EmailFields.MOST; i++) {
            email.getFields().add("X-N", "" + i);
        }
        assertThrows(IllegalArgumentException.class, () -> email.getFields().add("X-N", "more"));
        assertThrows(IllegalArgumentException.class, () -> new EmailFields().add("X-N", "x".repeat(8_193)));
        for (Instant date : List.of(Instant.MAX.minusSeconds(400_000_000), Instant.MAX, Instant.MIN)) {
            email.getOrigin().setDate(date);
            assertFalse(facade.emailSendMessage("sync", email));
            assertTrue(facade.errorInfo().startsWith("Email.Origin.Date is "), facade.errorInfo());
        }
        email.getOrigin().setDate(null);
        email.getOrigin().setEnvelopeSender("Name <a@b.c>");
        assertFalse(facade.emailSendMessage("sync", email));
        assertTrue(facade.errorInfo().contains("has a name"), facade.errorInfo());
    }

    @Test
    void aMailThatIsBuiltAndImportedSaysTheSame() {
        email.getFields().add("X-Campaign", "Frühling");
        email.getFields().add("X-Campaign", "spring");
        email.getFields().setInReplyTo("b@x.org");
        email.getFields().setReferences(List.of("a@x.org", "b@x.org"));
        email.getFields().setAutoSubmitted("auto-replied");
        email.getFields().unsubscribe("https://example.org/u", "leave@example.org");
        email.getOrigin().getFurtherAuthors().add("bob@example.org");
        email.getOrigin().setTransmitter("office@example.org");
        assertTrue(facade.emailBuildSource(email), facade.errorInfo());
        Email copy = new Email();
        copy.setSource(email.getSource());
        assertTrue(facade.emailImportSource(copy), facade.errorInfo());
        assertEquals(List.of(new OwnField("X-Campaign", "Frühling"), new OwnField("X-Campaign", "spring")),
                copy.getFields().getOwn());
        assertTrue(facade.emailBuildSource(copy), facade.errorInfo());
        assertEquals(withoutDate(email.getSource()), withoutDate(copy.getSource()));
    }

    private static String withoutDate(String source) {
        return source.replaceFirst("Date: [^\r]*\r\n", "");
    }

    @Test
    void aResetForgetsThemAndNobodyWhoUsesNoneHasThem() {
        assertTrue(email.chosenFields().isEmpty() && email.chosenOrigin().isEmpty());
        email.getFields().add("X-A", "b");
        email.getOrigin().setTransmitter("office@example.org");
        email.reset();
        assertTrue(email.chosenFields().isEmpty() && email.chosenOrigin().isEmpty());
    }

    @Test
    void anImportOfVeryManyFieldsTakesTheFirstAndDecodesNoneTwice() {
        StringBuilder source = new StringBuilder("From: a@example.org\r\nTo: b@example.org\r\n");
        IntStream.range(0, 2_000).forEach(i -> source.append("X-N: =?utf-8?q?n").append(i).append("?=\r\n"));
        email.setSource(source.append("\r\ntext\r\n").toString());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertTrue(facade.emailImportSource(email), facade.errorInfo());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 100_000_000, allocated + " octets");
        List<OwnField> own = email.getFields().getOwn();
        assertEquals(EmailFields.MOST, own.size());
        assertEquals(new OwnField("X-N", "n99"), own.get(99));
    }
}
