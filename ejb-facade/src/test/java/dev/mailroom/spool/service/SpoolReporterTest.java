package dev.mailroom.spool.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.drain.QueueEffect;
import dev.mailroom.testing.LogCapture;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpoolReporterTest {
    private static final Pattern NAMED = Pattern.compile("MR0505 the login of session office was refused: correct its"
            + " password and restart, or its mails are tried again at (\\S+Z): 535 no");

    private final LogCapture log = LogCapture.of("dev.mailroom.spool");
    private final SpoolReporter reporter = new SpoolReporter(event -> { }, id -> { });

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void aRefusedLoginOfANamedSessionSaysWhenItIsTriedAgain() {
        var before = Instant.now();
        reporter.blocked(SpoolQueue.named("office"), QueueEffect.PARK, Duration.ofHours(1), "535 no");
        var line = NAMED.matcher(String.join("\n", log.lines()));
        assertTrue(line.find(), log.lines().toString());
        var at = Instant.parse(line.group(1));
        assertTrue(at.isAfter(before.plusSeconds(3590)) && at.isBefore(before.plusSeconds(3700)), "was " + at);
    }

    @Test
    void aRefusedLoginOfACallersSessionWaitsForItsNextStart() {
        reporter.blocked(SpoolQueue.of("app", "ann"), QueueEffect.PARK, Duration.ZERO, "535 no");
        assertEquals(List.of("MR0505 the mails of session ann are parked until it is started again: 535 no"),
                log.lines().stream().map(line -> line.substring(line.indexOf("MR")).strip()).toList());
    }

    @Test
    void aFailingDatabaseIsNamedAndWrittenOnceHoweverManyTurnsItEnds() {
        for (int turn = 0; turn < 300; turn++) {
            reporter.failed(new SQLException("FATAL: terminating connection", "57P01"));
        }
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().get(0).startsWith("WARNING MR0507 the database failed"), log.lines().toString());
        assertTrue(log.lines().get(0).contains("FATAL: terminating connection"), log.lines().toString());
    }

    @Test
    void whatIsNotTheDatabasesFaultIsNotCalledSo() {
        reporter.failed(new OutOfMemoryError("Java heap space"));
        assertTrue(log.lines().get(0).startsWith("WARNING MR0507 something unforeseen"), log.lines().toString());
        assertTrue(log.lines().get(0).contains("Java heap space"), log.lines().toString());
    }

    @Test
    void aConnectionThatCannotBeHadSaysWhyAndWhenItIsTriedAgain() {
        reporter.blocked(SpoolQueue.of("app", "ann"), QueueEffect.UNUSABLE, Duration.ofHours(1), "407 no");
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().get(0).matches("WARNING MR0505 the mails of session ann are parked until it is started"
                + " again, and tried again at \\S+Z: 407 no"), log.lines().get(0));
    }

    @Test
    void aQueueThatMustWaitSaysWhyAndUntilWhen() {
        reporter.blocked(SpoolQueue.of("app", "ann"), QueueEffect.DELAY, Duration.ofMinutes(1), "421 4.3.2 no");
        assertEquals(1, log.lines().size());
        assertTrue(log.lines().get(0).matches("WARNING MR0506 the mails of session ann must wait until \\S+Z: "
                + "421 4.3.2 no"), log.lines().get(0));
    }

    @Test
    void whoWaitsForAMailThatWasGivenUpOrDeletedGetsAnAnswer() {
        Map<MailIdentifier, MailStatus> table = new HashMap<>();
        var callers = new WaitingCallers(id -> Optional.ofNullable(table.get(id)));
        List<MailIdentifier> outcomes = new ArrayList<>();
        var telling = new SpoolReporter(outcomes::add, callers::look);
        var old = new MailIdentifier(1);
        var deleted = new MailIdentifier(2);
        table.put(old, new MailStatus(old, "app", SpoolQueue.named("office"), "id@x.org", 10, Instant.EPOCH,
                SpoolState.FAILED, 0, Optional.empty(), Optional.of(Instant.EPOCH), SmtpReply.NONE, "given up: too old",
                        List.of()));
        var waitsForOld = callers.await(old).toCompletableFuture();
        var waitsForDeleted = callers.await(deleted).toCompletableFuture();
        telling.settled(new Settlement(new SpooledMail(1, "app", "id@x.org", Spooling.envelope("a@x.org"),
                Spooling.CONTENT, 0, 0, Duration.ZERO, ""), SpoolState.FAILED, Duration.ZERO, false, SmtpReply.NONE,
                        "given up: too old",
                List.of()));
        telling.deleted(deleted);
        assertEquals(SpoolState.FAILED, waitsForOld.join().state());
        assertTrue(waitsForDeleted.isCompletedExceptionally());
        assertEquals(List.of(old), outcomes);
        assertEquals(List.of("WARNING MR0504 mail " + old + " of app is FAILED after 0 attempts: given up: too old"),
                log.lines());
    }
}
