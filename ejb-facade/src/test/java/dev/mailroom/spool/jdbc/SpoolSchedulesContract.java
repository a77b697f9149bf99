package dev.mailroom.spool.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every database must do for the spool: mails that are to be sent later, or that expire. */
abstract class SpoolSchedulesContract extends SpoolDeliveriesContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private static long accept(SpoolStore spool, Optional<Duration> later, Optional<Duration> until) throws Exception {
        Instant now = Instant.now();
        return spool.intake().accept(new NewMail(ANN, "app", MailLabels.of("id@x.org"), Spooling.envelope("a@x.org"),
                Spooling.CONTENT, new MailSchedule(later.map(now::plus), until.map(now::plus)))).id().number();
    }

    private long later(Duration time) throws Exception {
        return accept(store, Optional.of(time), Optional.empty());
    }

    private long until(Duration time) throws Exception {
        return accept(store, Optional.empty(), Optional.of(time));
    }

    /** So much time goes by for all mails. */
    private void pass(Duration time) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            long millis = time.toMillis();
            statement.executeUpdate("update mailroom_mail set due_at = due_at - " + millis
                    + ", give_up_at = give_up_at - " + millis + ", accepted_at = accepted_at - " + millis
                    + ", scheduled_at = scheduled_at - " + millis
                    + ", expires_at = expires_at - " + millis);
        }
    }

    private MailStatus status(long id) throws SQLException {
        return store.archive().status(id).orElseThrow();
    }

    @Test
    void aMailThatIsToBeSentLaterIsNotClaimedBeforeAndThenHasAllItsTime() throws Exception {
        SpoolStore impatient = store(Spooling.patience(HOUR), "one");
        long id = accept(impatient, Optional.of(HOUR.multipliedBy(3)), Optional.empty());
        assertTrue(impatient.claims().claim(ANN, 9).isEmpty());
        assertTrue(impatient.queues().due().isEmpty());
        pass(HOUR.multipliedBy(2));
        assertTrue(impatient.claims().claim(ANN, 9).isEmpty());
        assertEquals(List.of(), impatient.archive().giveUpExpired());
        pass(HOUR.plusMinutes(1));
        assertEquals(1, impatient.queues().due().size());
        SpooledMail mail = impatient.claims().claim(ANN, 9).get(0);
        assertEquals(id, mail.id());
        assertTrue(mail.age().compareTo(Duration.ofMinutes(30)) < 0, mail.age().toString());
    }

    @Test
    void whenItIsToBeSentIsShown() throws Exception {
        long id = later(HOUR);
        MailStatus status = status(id);
        assertEquals(SpoolState.PENDING, status.state());
        assertEquals(status.sendAt(), status.next());
        assertTrue(status.sendAt().orElseThrow().isAfter(status.accepted().plus(HOUR).minusSeconds(60)));
        assertEquals(Optional.empty(), status.expires());
        MailStatus usual = status(insert("b@x.org"));
        assertTrue(usual.sendAt().isEmpty() && usual.expires().isEmpty());
    }

    @Test
    void aMomentThatHasPassedMeansAtOnce() throws Exception {
        long id = later(HOUR.negated());
        assertEquals(id, store.claims().claim(ANN, 9).get(0).id());
    }

    @Test
    void itIsTakenBackAsLongAsItIsNotSent() throws Exception {
        long id = later(HOUR);
        assertTrue(store.archive().cancel(id));
        pass(HOUR.multipliedBy(2));
        assertTrue(store.claims().claim(ANN, 9).isEmpty());
        assertFalse(store.archive().cancel(id));
        long sending = insert("b@x.org");
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        assertFalse(store.archive().cancel(sending));
        store.claims().settle(List.of(sent(mail)));
        assertFalse(store.archive().cancel(sending));
        assertEquals(SpoolState.SENT, state(sending));
    }

    @Test
    void aMailThatHasExpiredIsNotClaimedAndGivenUp() throws Exception {
        long id = until(HOUR);
        pass(HOUR.plusSeconds(1));
        assertTrue(store.claims().claim(ANN, 9).isEmpty());
        Settlement givenUp = store.archive().giveUpExpired().get(0);
        assertEquals(id, givenUp.mail().id());
        assertEquals(SpoolState.FAILED, state(id));
        assertEquals("it expired before it could be sent, as whoever sent it has asked", status(id).error());
        assertTrue(status(id).expires().isPresent());
    }

    @Test
    void oneThatWaitsForAnotherAttemptExpiresMeanwhile() throws Exception {
        long id = until(HOUR);
        SpooledMail mail = store.claims().claim(ANN, 1).get(0);
        assertTrue(mail.left().orElseThrow().compareTo(HOUR.dividedBy(2)) > 0, mail.toString());
        store.claims().settle(List.of(new Settlement(mail, SpoolState.PENDING, Duration.ofHours(2), true,
                SmtpReply.of(451, "4.3.0 later"), "451 later", List.of())));
        assertEquals(List.of(), store.archive().giveUpExpired());
        pass(HOUR.plusSeconds(1));
        assertEquals(1, store.archive().giveUpExpired().size(), "its next attempt would have been too late");
        assertEquals("it expired before it could be sent, as whoever sent it has asked; last: 451 later",
                status(id).error());
    }

    @Test
    void oneThatIsSentAgainByHandDoesNotExpire() throws Exception {
        long id = until(HOUR);
        pass(HOUR.plusSeconds(1));
        store.archive().giveUpExpired();
        assertTrue(store.archive().resend(id));
        assertEquals(id, store.claims().claim(ANN, 9).get(0).id());
    }
}
