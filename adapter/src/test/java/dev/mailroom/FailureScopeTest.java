package dev.mailroom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureScopeTest {
    private static SmtpReply reply(String line) {
        return line == null ? SmtpReply.NONE
                : SmtpReply.of(Integer.parseInt(line.substring(0, 3)), line.substring(3).strip());
    }

    @ParameterizedTest
    @CsvSource({
        "LEASE, , SESSION", "RESOLVE, , SERVER", "CONNECT, , SERVER", "GREETING, 421 4.3.2 Busy, SERVER",
        "GREETING, 554 5.7.1 No, SERVER", "EHLO, 550 No, SERVER", "TLS, , SERVER", "AUTH, 535 5.7.8 No, SESSION",
        "AUTH, 454 4.7.0 Later, SESSION", "CHECK, , MAIL",
        "MAIL, 450 4.1.8 Sender address rejected: Domain not found, SENDER", "MAIL, 451 4.7.1 Greylisted, SENDER",
        "MAIL, 450 Later, SENDER", "MAIL, 451 Local error, SENDER",
        "MAIL, 421 4.7.0 Bye, SERVER", "MAIL, 432 4.3.2 Concurrent connections limit exceeded, SESSION",
        "MAIL, 451 4.3.0 System down, SERVER", "MAIL, 450 4.4.1 No route, SERVER", "MAIL, 452 Disk full, SERVER",
        "MAIL, 452 4.3.1 Disk full, SERVER", "MAIL, 452 4.5.3 Too many messages, SESSION",
        "MAIL, 550 5.7.1 Sender refused, MAIL", "MAIL, 530 5.7.0 Authentication required, SESSION", "MAIL, , SENDER",
        "RCPT, 530 5.7.0 Authentication required to relay, MAIL",
        "RCPT, 450 4.2.0 Greylisted, MAIL", "RCPT, 421 4.3.2 Bye, MAIL", "RCPT, , MAIL",
        "DATA, 451 4.3.0 Local error, MAIL", "DATA, , MAIL", "FINAL_DOT, 451 4.3.0 Scanner down, MAIL",
        "FINAL_DOT, 421 4.7.0 Bye, MAIL", "FINAL_DOT, , MAIL"})
    void aFreshConnectionsFailureIsOfWhomItSpeaks(Phase phase, String line, FailureScope scope) {
        assertEquals(scope, FailureScope.of(phase, reply(line), 0));
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 452 4.5.3 Too many messages sent, CONNECTION", "MAIL, 450 Later, CONNECTION",
        "MAIL, 421 4.7.0 Bye, CONNECTION", "MAIL, , CONNECTION", "RCPT, , CONNECTION",
        "RCPT, 421 4.3.2 Bye, CONNECTION", "DATA, 451 4.3.0 Enough, CONNECTION", "FINAL_DOT, 452 Enough, CONNECTION",
        "MAIL, 450 4.1.8 Sender address rejected, SENDER", "RCPT, 450 4.2.0 Greylisted, MAIL",
        "MAIL, 550 5.7.1 No, MAIL", "MAIL, 530 5.7.0 Authentication required, MAIL", "DATA, , MAIL",
        "RCPT, 452 4.5.3 Too many recipients: Too many messages sent, CONNECTION",
        "RCPT, 450 4.7.0 Too many messages in this session, CONNECTION",
        "RCPT, 550 5.5.3 Too many recipients, CONNECTION", "RCPT, 550 5.7.0 Message limit of session, CONNECTION",
        "RCPT, 452 4.2.2 Mailbox full, MAIL", "RCPT, 452 Insufficient storage, MAIL",
        "MAIL, 550 5.7.0 Too many messages on this connection, CONNECTION", "MAIL, 550 5.5.3 Enough, CONNECTION",
        "MAIL, 554 Maximum number of messages per session exceeded, CONNECTION",
        "MAIL, 503 Too many mail transactions in this session, CONNECTION",
        "MAIL, 554 5.7.1 This connection is limited to 10 e-mails: limit of 10 e-mails reached, CONNECTION",
        "MAIL, 552 message limit for this connection reached, CONNECTION",
        "MAIL, 521 5.3.2 Service unavailable; batch limit reached, CONNECTION",
        "DATA, 554 5.7.0 Too many messages this session, CONNECTION",
        "MAIL, 550 5.1.8 Too many messages of this sender on this connection, MAIL",
        "MAIL, 550 5.7.1 Too many messages today; this connection is closed, MAIL",
        "MAIL, 550 5.7.1 Too many messages from ann@x.org, MAIL",
        "MAIL, 552 5.3.4 Message size exceeds the limit of this session, MAIL",
        "MAIL, 554 5.7.1 Session refused: sender not allowed, MAIL",
        "MAIL, 550 5.4.5 Daily sending quota of messages exceeded for this connection, MAIL",
        "FINAL_DOT, , MAIL"})
    void aConnectionThatCarriedMailsIsWornOutUnlessTheReplySpeaksOfSomethingElse(
            Phase phase, String line, FailureScope scope) {
        assertEquals(scope, FailureScope.of(phase, reply(line), 1));
    }

    @ParameterizedTest
    @CsvSource({
        "452 4.5.3 Too many recipients, true, true", "452 Too many recipients, true, true",
        "552 5.5.3 Too many recipients, true, true", "552 Too many recipients, true, true",
        "450 4.5.3 Too many, true, true", "451 Too many recipients, true, true",
        "550 5.5.3 Too many recipients, true, false", "554 5.5.3 Enough, true, false",
        "550 Too many recipients, true, false", "452 5.5.3 Too many recipients, true, true",
        "452 4.2.2 Mailbox full, false, true", "552 5.2.2 Mailbox full, false, false",
        "552 Exceeded storage allocation, false, false", "450 Later, false, true", "550 5.1.1 No, false, false",
        "450 4.7.1 Error: too many recipients from 192.0.2.1, false, true", "550 5.5.30 No, false, false"})
    void oneRecipientTooManyIsToldFromOtherRefusals(String line, boolean tooMany, boolean forTheTimeBeing) {
        RefusedRecipient one = new RefusedRecipient("a@x.org", reply(line));
        assertEquals(tooMany, one.isOneTooMany());
        assertEquals(forTheTimeBeing, one.isTransient(), "where nobody was accepted");
    }

    @Test
    void whatLastsIsPermanentWhateverTheReplySays() {
        assertFalse(failure(true).isTransient());
        assertTrue(failure(false).isTransient());
    }

    private static Failure failure(boolean lasting) {
        return new Failure(Phase.RCPT, "x", Delivery.REJECTED, true, reply("452 4.5.3 Too many"), List.of(), "h", 25,
                lasting);
    }
}
