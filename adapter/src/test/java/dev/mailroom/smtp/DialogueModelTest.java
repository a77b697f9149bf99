package dev.mailroom.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Random dialogues with a random server, compared with a reference model. A failure names its seed;
 * {@code -Dmailroom.model.seed=…} runs that dialogue alone, {@code -Dmailroom.model.dialogues=…} sets how many.
 */
class DialogueModelTest {
    private static final int DIALOGUES = Integer.getInteger("mailroom.model.dialogues", 120_000);
    private final Map<Delivery, Integer> seen = new TreeMap<>();
    private long now;

    @Test
    void everyOutcomeIsWhatTheReferenceSaysAndNobodyGetsWhatWasNotSent() {
        Long only = Long.getLong("mailroom.model.seed");
        if (only != null) {
            dialogue(only);
            return;
        }
        long first = System.nanoTime();
        for (int i = 0; i < DIALOGUES; i++) {
            long seed = first + i;
            try {
                dialogue(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + " (repeat with -Dmailroom.model.seed=" + seed + "): "
                        + e.getMessage(), e);
            }
        }
        for (Delivery delivery : Delivery.values()) {
            assertTrue(seen.getOrDefault(delivery, 0) > DIALOGUES / 50, seen.toString());
        }
    }

    private void dialogue(long seed) {
        Random random = new Random(seed);
        boolean offersGroups = random.nextInt(4) > 0;
        boolean offersChunks = random.nextBoolean();
        DialogueSettings settings = new DialogueSettings(random.nextInt(8) > 0, random.nextInt(8) > 0, true);
        // Most mails have fewer octets.
        int sizeLimit = random.nextInt(3) == 0 ? 30 + random.nextInt(60) : Integer.MAX_VALUE;
        Capabilities offered = Capabilities.of("x\n" + (offersGroups ? "PIPELINING\n" : "")
                + (offersChunks ? "CHUNKING\n" : "") + "SIZE " + sizeLimit);
        double trouble = new double[] {0, 0.01, 0.05, 0.2}[random.nextInt(4)];
        boolean groups = offersGroups && settings.pipelining();
        boolean window = groups && offersChunks && settings.chunking();
        ModelServer server = new ModelServer(random, trouble, groups, window);
        Dialogue dialogue = new Dialogue(server, new ReplyReader(server), offered, settings,
                new ServerAddress("model", 25), new ServerMemory(), new Buffers(), () -> now);
        List<ModelMail> mails = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        while (dialogue.usable() && mails.size() < 40 && random.nextInt(4) > 0) {
            int count = 1 + random.nextInt(random.nextBoolean() ? 3 : 24);
            if (random.nextBoolean()) {
                ModelMail mail = mail(mails, sizeLimit, server, random);
                Outcome outcome = dialogue.send(mail.mail);
                outcomes.add(outcome);
                if (dialogue.lostBeforeContent()) {
                    assertEquals(Map.of(), only(server, mail.number), "lost before content, and accepted");
                }
            } else {
                dialogue.sendAll(stream(count, () -> mail(mails, sizeLimit, server, random).mail), (mail, outcome) -> {
                    assertEquals(mails.get(outcomes.size()).mail, mail, "outcomes out of order");
                    outcomes.add(outcome);
                });
            }
        }
        judge(server, mails, outcomes);
        boolean fit = outcomes.stream().allMatch(outcome -> !(outcome instanceof Failure failure)
                || failure.reusable());
        assertTrue(fit || !dialogue.usable(), "usable after " + outcomes);
        assertTrue(!fit || dialogue.usable() || server.troubled(), "not usable after " + outcomes);
    }

    private ModelMail mail(List<ModelMail> mails, int sizeLimit, ModelServer server, Random random) {
        if (random.nextInt(10) == 0) {
            now += Duration.ofSeconds(5).toNanos();
        }
        ModelMail mail = new ModelMail(mails.size(), random);
        mails.add(mail);
        if (mail.size() > sizeLimit) {
            server.unfit.add(mail.number);
        }
        return mail;
    }

    private static Iterator<Mail> stream(int count, Supplier<Mail> next) {
        return new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0;
            }

            @Override
            public Mail next() {
                left--;
                return next.get();
            }
        };
    }

    private void judge(ModelServer server, List<ModelMail> mails, List<Outcome> outcomes) {
        assertEquals(List.of(), server.violations);
        assertEquals(mails.size(), outcomes.size(), "each mail has one outcome");
        ModelOutcome reference = new ModelOutcome(server);
        for (int i = 0; i < mails.size(); i++) {
            ModelMail mail = mails.get(i);
            Outcome outcome = outcomes.get(i);
            Delivery delivery = outcome.delivery();
            seen.merge(delivery, 1, Integer::sum);
            assertEquals(reference.of(mail), delivery, "mail " + i + ": " + outcome);
            if (delivery == Delivery.REJECTED && !reference.over()) {
                assertEquals(reference.wornOut(), ((Failure) outcome).scope() == FailureScope.CONNECTION,
                        "mail " + i + ": " + outcome);
            }
            truth(server, mail, outcome);
        }
    }

    private static void truth(ModelServer server, ModelMail mail, Outcome outcome) {
        List<ModelServer.Accepted> accepted = server.accepted.getOrDefault(mail.number, List.of());
        switch (outcome.delivery()) {
            case SENT -> {
                assertEquals(2, outcome.reply().code() / 100);
                assertEquals(1, accepted.size());
                assertEquals(mail.canonical(), accepted.get(0).content());
                assertEquals(mail.recipients, accepted.get(0).recipients().size() + outcome.refused().size());
            }
            case IN_DOUBT -> {
                assertEquals(SmtpReply.NONE, outcome.reply());
                assertTrue(server.ended.contains(mail.number), "in doubt, but the content was not complete");
                assertTrue(accepted.size() <= 1, "accepted twice");
            }
            default -> assertEquals(List.of(), accepted, "accepted, but reported as " + outcome);
        }
    }

    private static Map<Integer, List<ModelServer.Accepted>> only(ModelServer server, int number) {
        return server.accepted.containsKey(number) ? Map.of(number, server.accepted.get(number)) : Map.of();
    }
}
