package dev.mailroom.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.Receipt;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With CHUNKING the content travels with the envelope, but not on a connection that was silent for long. */
class CarefulnessTest {
    private static final Mail MAIL = new Mail(Envelope.of("a@x.org", List.of("b@x.org")),
            MailData.of("Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII)));
    private static final List<String> TOGETHER = List.of("MAIL RCPT BDAT");
    private static final List<String> APART = List.of("MAIL RCPT", "BDAT");

    private long now;
    private final Yes server = new Yes();
    private final Dialogue dialogue = new Dialogue(server, new ReplyReader(server),
            Capabilities.of("x\nPIPELINING\nCHUNKING"), DialogueSettings.DEFAULTS, new ServerAddress("yes", 25),
            new ServerMemory(), new Buffers(), () -> now);

    /** Says 250 to every command, until it is gone. */
    private static final class Yes implements Wire {
        private final List<String> writes = new ArrayList<>();
        private int replies;
        private boolean gone;

        @Override
        public void limitSilence(Duration longest) {
            // It never waits.
        }

        @Override
        public void awaitFinalReply(boolean awaited) {
            // Time does not pass by itself.
        }

        @Override
        public void expectLine() {
            // Time does not pass by itself.
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (gone) {
                return -1;
            }
            if (replies == 0) {
                throw new SocketTimeoutException("nothing was asked");
            }
            byte[] reply = "250 Yes\r\n".repeat(replies).getBytes(US_ASCII);
            System.arraycopy(reply, 0, into, offset, reply.length);
            replies = 0;
            return reply.length;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            List<String> verbs = new String(from, offset, length, US_ASCII).lines().map(line -> line.split(" ")[0])
                    .filter(verb -> verb.matches("RSET|MAIL|RCPT|BDAT|NOOP")).toList();
            writes.add(String.join(" ", verbs));
            replies += verbs.size();
        }

        @Override
        public int waiting() {
            return 0;
        }
    }

    private List<String> sent() {
        server.writes.clear();
        assertInstanceOf(Receipt.class, dialogue.send(MAIL));
        return server.writes;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    @Test
    void afterFiveSecondsOfSilenceTheEnvelopeGoesFirstOnce() {
        assertEquals(TOGETHER, sent());
        pass(Duration.ofMillis(4_999));
        assertEquals(TOGETHER, sent());
        pass(Duration.ofSeconds(5));
        assertEquals(APART, sent());
        assertEquals(TOGETHER, sent());
    }

    @Test
    void aConnectionThatWaitedForItsFirstMailIsTreatedSoToo() {
        pass(Duration.ofSeconds(5));
        assertEquals(APART, sent());
    }

    @Test
    void aServerThatHasAnsweredNoopIsThere() {
        pass(Duration.ofSeconds(30));
        assertTrue(dialogue.probe());
        assertEquals(TOGETHER, sent());
    }

    @Test
    void aStreamPaysOnce() {
        pass(Duration.ofSeconds(5));
        List<Delivery> outcomes = new ArrayList<>();
        dialogue.sendAll(List.of(MAIL, MAIL, MAIL).iterator(), (mail, outcome) -> outcomes.add(outcome.delivery()));
        assertEquals(List.of(Delivery.SENT, Delivery.SENT, Delivery.SENT), outcomes);
        assertEquals(APART, server.writes.subList(0, 2));
        assertEquals("MAIL RCPT BDAT RSET MAIL RCPT BDAT",
                String.join(" ", server.writes.subList(2, server.writes.size())));
    }

    /** Five mails; before the last one, or before saying that there is none, the iterator takes so long. */
    private List<Delivery> streamed(Duration pause, boolean beforeTheEnd, Runnable meanwhile) {
        List<Delivery> outcomes = new ArrayList<>();
        List<Mail> mails = new ArrayList<>(Collections.nCopies(5, MAIL));
        int left = beforeTheEnd ? 0 : 1;
        dialogue.sendAll(new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (mails.size() == left) {
                    pass(pause);
                    meanwhile.run();
                }
                return !mails.isEmpty();
            }

            @Override
            public Mail next() {
                return mails.remove(0);
            }
        }, (mail, outcome) -> outcomes.add(outcome.delivery()));
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileTheIteratorBlocksAServerMayLeaveWithoutADoubt(boolean beforeTheEnd) {
        List<Delivery> outcomes = streamed(Duration.ofSeconds(5), beforeTheEnd, () -> server.gone = true);
        assertEquals(List.of(Delivery.SENT, Delivery.NOT_SENT, Delivery.NOT_SENT, Delivery.NOT_SENT,
                Delivery.NOT_SENT), outcomes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatIsStillThereThenGetsEverything(boolean beforeTheEnd) {
        assertEquals(Collections.nCopies(5, Delivery.SENT),
                streamed(Duration.ofSeconds(5), beforeTheEnd, () -> { }));
        assertEquals("MAIL RCPT", server.writes.get(1));
        assertEquals(3, server.writes.size());
    }

    @Test
    void aSwiftIteratorCostsNoRoundTrip() {
        assertEquals(Collections.nCopies(5, Delivery.SENT), streamed(Duration.ofMillis(4_999), false, () -> { }));
        assertEquals(2, server.writes.size());
    }

    @Test
    void manyShortPausesAreOneLongSilence() {
        List<Delivery> outcomes = new ArrayList<>();
        Iterator<Mail> mails = Collections.nCopies(10, MAIL).iterator();
        dialogue.sendAll(new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                pass(Duration.ofSeconds(1));
                server.gone |= given == 2;
                return mails.hasNext();
            }

            @Override
            public Mail next() {
                given++;
                return mails.next();
            }
        }, (mail, outcome) -> outcomes.add(outcome.delivery()));
        assertEquals(Delivery.SENT, outcomes.get(0));
        assertFalse(outcomes.contains(Delivery.IN_DOUBT), outcomes.toString());
    }

    @Test
    void aContentWhoseEnvelopeWasAnsweredBeforeThePauseIsTheOnlyOneInDoubt() {
        Mail toAll = new Mail(Envelope.of("a@x.org", List.of("b@x.org", "c@x.org")), MAIL.data());
        List<Delivery> outcomes = new ArrayList<>();
        Iterator<Mail> mails = List.of(MAIL, toAll, MAIL).iterator();
        dialogue.sendAll(new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!mails.hasNext()) {
                    pass(Duration.ofSeconds(5));
                    server.gone = true;
                }
                return mails.hasNext();
            }

            @Override
            public Mail next() {
                return mails.next();
            }
        }, (mail, outcome) -> outcomes.add(outcome.delivery()));
        assertEquals(List.of(Delivery.SENT, Delivery.IN_DOUBT, Delivery.NOT_SENT), outcomes);
    }

    @Test
    void aServerThatLeftMeanwhileCostsNoDoubt() {
        sent();
        pass(Duration.ofSeconds(5));
        server.gone = true;
        assertEquals(Delivery.NOT_SENT, dialogue.send(MAIL).delivery());
        assertTrue(dialogue.lostBeforeContent());
    }

    @Test
    void whoLeavesWithinFiveSecondsUnseenLeavesDoubt() {
        sent();
        server.gone = true;
        assertEquals(Delivery.IN_DOUBT, dialogue.send(MAIL).delivery());
    }
}
