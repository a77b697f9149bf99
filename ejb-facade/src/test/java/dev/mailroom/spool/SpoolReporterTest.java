package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpReply;
import dev.mailroom.spool.Disposition.QueueEffect;
import dev.mailroom.testing.LogCapture;
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
    void whoWaitsForAMailThatWasGivenUpOrDeletedGetsAnAnswer() {
        Map<MailIdentifier, MailStatus> table = new HashMap<>();
        var callers = new WaitingCallers(id -> Optional.ofNullable(table.get(id)));
        List<MailSettled> events = new ArrayList<>();
        var telling = new SpoolReporter(events::add, callers::look);
        var old = new MailIdentifier(1);
        var deleted = new MailIdentifier(2);
        table.put(old, new MailStatus(old, "app", "n:office", "id@x.org", SpoolState.FAILED, 0, 10, Instant.EPOCH,
                Instant.EPOCH, SmtpReply.NONE, "given up: too old", List.of()));
        var waitsForOld = callers.await(old).toCompletableFuture();
        var waitsForDeleted = callers.await(deleted).toCompletableFuture();
        telling.settled(new Settlement(new SpooledMail(1, "app", "id@x.org", Spooling.envelope("a@x.org"), 10, false, 0,
                Duration.ZERO, ""), SpoolState.FAILED, Duration.ZERO, false, SmtpReply.NONE, "given up: too old",
                List.of()));
        telling.deleted(deleted);
        assertEquals(SpoolState.FAILED, waitsForOld.join().state());
        assertTrue(waitsForDeleted.isCompletedExceptionally());
        assertEquals(List.of(SpoolState.FAILED), events.stream().map(MailSettled::state).toList());
        assertEquals(List.of("WARNING MR0504 mail " + old + " of app is FAILED after 0 attempts: given up: too old"),
                log.lines());
    }
}
