package dev.mailroom.spool.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import dev.mailroom.testing.Action;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import dev.mailroom.testing.When;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One dead, one slow and eight good sessions, over the real pool and wire. */
class FairDrainIT {
    private static final int GOOD = 8;
    private static final int MAILS = 150;
    private static final int ROUNDS = 3;
    private static final int MEASURED = 400;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration A_MAIL = Duration.ofMillis(30);

    @TempDir
    private Path directory;

    /** A good server takes its time too, so what is shared is the places, and not the processors of this machine. */
    private static ScriptedSmtpServer good() {
        return answering(ScriptedSmtpServer.builder().countOnly().start(), A_MAIL, Step.FINAL_DOT, Step.BDAT);
    }

    private static ScriptedSmtpServer answering(ScriptedSmtpServer server, Duration after, Step... steps) {
        for (Step step : steps) {
            server.on(When.at(step), Action.pause(after).then(Action.reply("250 2.0.0 ok")));
        }
        return server;
    }

    private static void becomeSlow(ScriptedSmtpServer server) {
        Duration two = Duration.ofSeconds(2);
        answering(server, two, Step.EHLO, Step.MAIL, Step.RCPT, Step.FINAL_DOT, Step.BDAT, Step.RSET, Step.NOOP);
        server.on(When.at(Step.DATA), Action.pause(two).then(Action.reply("354 go on")));
    }

    private static void die(ScriptedSmtpServer server) {
        server.on(When.at(Step.GREETING), Action.silence());
        server.dropAll();
    }

    /** Milliseconds that the good sessions took for so many mails, all of them under way. */
    private long millis(String round, boolean beside) throws Exception {
        var source = EmbeddedDatabase.open(directory.resolve(round));
        try (var stack = new DrainStack(KeptConnections.of(source, 16), SpoolListener.NONE);
                var good = good();
                var slow = ScriptedSmtpServer.builder().start();
                var dead = ScriptedSmtpServer.builder().start()) {
            if (beside) {
                stack.open("slow", slow.port());
                stack.open("dead", dead.port());
                becomeSlow(slow);
                die(dead);
                stack.spool("slow", 20, Spooling.CONTENT);
                stack.spool("dead", 20, Spooling.CONTENT);
            }
            for (int session = 0; session < GOOD; session++) {
                stack.open("good" + session, good.port());
                stack.spool("good" + session, MAILS, Spooling.CONTENT);
            }
            stack.drain(Duration.ofMillis(100));
            good.await("the drain is under way", () -> good.mailCount() >= 3 * GOOD * ROUNDS
                    && (!beside || dead.connectionsOpen() > 0), Duration.ofSeconds(30));
            long start = System.nanoTime();
            long before = good.mailCount();
            good.await("many mails are drained", () -> good.mailCount() >= before + MEASURED, SOON);
            long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
            if (beside) {
                assertEquals(1, dead.connectionsOpen(), "a dead server holds one place");
                assertEquals(1, slow.connectionsOpen(), "a slow server holds one place");
            }
            return took;
        } finally {
            try (var connection = source.getConnection(); var statement = connection.createStatement()) {
                statement.execute("shutdown");
            }
        }
    }

    /** Two of twelve places are all they hold, so ten are left: 83 %. The time is printed, it is the machine's. */
    @Test
    void aDeadAndASlowServerHoldOnePlaceEachAndLeaveTheOthersToTheGoodOnes() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long alone = millis("alone" + round, false);
            long beside = millis("beside" + round, true);
            System.out.printf("8 good sessions: %d mails in %d ms alone, %d ms beside a dead and a slow one: %d %%%n",
                    MEASURED, alone, beside, 100 * alone / beside);
        }
    }
}
