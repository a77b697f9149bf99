package dev.mailroom.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.LogCapture;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailroomLogTest {
    private static final SessionKey BOB =
            SmtpSettings.of("bob", "mx.example.org", 587).withSecret(Secret.password("hush")).session();

    private final LogCapture capture = LogCapture.of("dev.mailroom.pool");
    private long now;
    private final MailroomLog log = new MailroomLog(() -> now);

    @AfterEach
    void close() {
        capture.close();
    }

    @Test
    void whoOpenedASessionIsOneLine() {
        log.on(new SmtpEvent.SessionOpened(BOB, new Caller("ann")));
        assertEquals(List.of("INFO MR0101 session bob at mx.example.org:587 (NONE) opened by ann"), capture.lines());
    }

    @Test
    void whatWentWrongAtOpeningHasAnIdOfItsOwn() {
        notOpened(Phase.CONNECT, SmtpReply.NONE);
        notOpened(Phase.EHLO, SmtpReply.of(550, "5.7.1 go away"));
        notOpened(Phase.TLS, SmtpReply.NONE);
        notOpened(Phase.AUTH, SmtpReply.of(535, "5.7.8 no"));
        assertEquals(List.of("WARNING MR0301 it failed at connecting", "WARNING MR0302 it failed at EHLO",
                "WARNING MR0303 it failed at TLS", "WARNING MR0304 it failed at AUTH"), capture.lines());
    }

    @Test
    void aDeadServerDoesNotFloodTheLog() {
        for (int i = 0; i < 500; i++) {
            notOpened(Phase.CONNECT, SmtpReply.NONE);
        }
        assertEquals(1, capture.lines().size());
        now += Duration.ofMinutes(1).toNanos();
        notOpened(Phase.CONNECT, SmtpReply.NONE);
        assertEquals("WARNING MR0301 it failed at connecting [499 like it since the last such line]",
                capture.lines().get(1));
    }

    @Test
    void aMailInDoubtIsToldAndARefusedOneIsTheCallersBusiness() {
        log.on(new SmtpEvent.RequestFailed(
                BOB, failure(Phase.RCPT, SmtpReply.of(550, "5.1.1 who"), true), Duration.ZERO));
        var doubt = new Failure(Phase.FINAL_DOT, "no answer", Delivery.IN_DOUBT, false, SmtpReply.NONE,
                List.of(), "mx.example.org", 587);
        log.on(new SmtpEvent.RequestFailed(BOB, doubt, Duration.ZERO));
        assertEquals(List.of("WARNING MR0305 it is not known whether a mail of bob at mx.example.org:587 was"
                + " delivered: no answer"), capture.lines());
    }

    private static Failure failure(Phase phase, SmtpReply reply, boolean reusable) {
        Delivery delivery = reply.isPresent() ? Delivery.REJECTED : Delivery.NOT_SENT;
        return new Failure(phase, "it failed at " + phase.words(), delivery, reusable, reply, List.of(), "host", 25);
    }

    private void notOpened(Phase phase, SmtpReply reply) {
        log.on(new SmtpEvent.ConnectionOpenFailed(BOB, failure(phase, reply, false), Duration.ZERO));
    }
}
