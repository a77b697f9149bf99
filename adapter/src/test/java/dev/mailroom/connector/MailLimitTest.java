package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.SmtpReply;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailLimitTest {
    private static final SmtpReply CLEAR = SmtpReply.of(452, "4.5.3 Too many messages sent");
    private static final SmtpReply VAGUE = SmtpReply.of(451, "4.7.1 Try again later");
    private final AtomicLong now = new AtomicLong();
    private final MailLimit limit = new MailLimit(now::get);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            421 | exim.private.test: too many messages in this connection | true
            452 | 4.5.3 Too many recipients: Too many messages sent       | true
            421 | 4.7.0 Too many mail transactions                        | true
            421 | 4.7.0 mx Error: too many connections from 192.0.2.1     | false
            451 | 4.7.1 Greylisted                                        | false
            550 | 5.7.1 too many messages                                 | false
            550 | 5.7.0 Too many messages on this connection              | true
            554 | Maximum number of messages per session exceeded         | true
            452 | 4.5.3 Service unavailable, batch limit reached          | true
            452 | 4.5.3 Too many recipients                               | false
            550 | 5.5.3 Too many recipients                               | false
            """)
    void aReplyThatSpeaksOfMailsIsBelievedAtOnce(int code, String text, boolean believed) {
        assertEquals(believed ? OptionalInt.of(7) : OptionalInt.empty(),
                limit.refusedAfter(7, SmtpReply.of(code, text)));
        assertEquals(believed ? 7 : 0, limit.mails());
    }

    @Test
    void anyOtherIsBelievedWhenItComesAgainAfterAsManyMails() {
        limit.refusedAfter(7, VAGUE);
        limit.refusedAfter(5, VAGUE);
        assertEquals(0, limit.mails());
        assertEquals(OptionalInt.of(5), limit.refusedAfter(5, VAGUE));
        assertEquals(5, limit.mails());
    }

    @Test
    void aRateLimitDoesNotEndAllReuse() {
        limit.refusedAfter(1, VAGUE);
        limit.refusedAfter(1, VAGUE);
        assertEquals(0, limit.mails());
    }

    @ParameterizedTest
    @CsvSource({"421, 4.4.2 Error: timeout exceeded", "421, 4.3.2 Service shutting down"})
    void whatEndsAnIdleConnectionIsNoLimit(int code, String text) {
        limit.refusedAfter(3, SmtpReply.of(code, text));
        assertEquals(OptionalInt.empty(), limit.refusedAfter(3, SmtpReply.of(code, text)));
    }

    @Test
    void oneMailAConnectionMustBeSaidTwice() {
        assertEquals(OptionalInt.empty(), limit.refusedAfter(1, CLEAR));
        assertEquals(0, limit.mails());
        limit.refusedAfter(1, VAGUE);
        assertEquals(OptionalInt.empty(), limit.refusedAfter(1, CLEAR));
        assertEquals(OptionalInt.of(1), limit.refusedAfter(1, CLEAR));
    }

    @Test
    void hangingUpWithoutAWordAfterAsManyMailsThreeTimesIsALimit() {
        limit.refusedAfter(3, SmtpReply.NONE);
        limit.refusedAfter(3, SmtpReply.NONE);
        assertEquals(OptionalInt.of(3), limit.refusedAfter(3, SmtpReply.NONE));
    }

    @Test
    void aHangUpWithoutAWordIsNoLimit() {
        limit.refusedAfter(3, SmtpReply.NONE);
        assertEquals(OptionalInt.empty(), limit.refusedAfter(3, SmtpReply.NONE));
    }

    @Test
    void itIsNewsOnce() {
        assertEquals(OptionalInt.of(9), limit.refusedAfter(9, CLEAR));
        assertEquals(OptionalInt.empty(), limit.refusedAfter(9, CLEAR));
        assertEquals(OptionalInt.of(4), limit.refusedAfter(4, CLEAR));
    }

    @Test
    void itIsForgottenAfterAnHour() {
        limit.refusedAfter(9, CLEAR);
        now.addAndGet(Duration.ofMinutes(59).toNanos());
        assertEquals(9, limit.mails());
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertEquals(0, limit.mails());
    }
}
