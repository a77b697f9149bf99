package dev.mailroom.stress;

import dev.mailroom.testing.Action;
import dev.mailroom.testing.Occasion;
import dev.mailroom.testing.Step;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a bad server does now and then at each step; counted, so that a run can say what it went through. */
final class Faults implements Function<Occasion, Optional<Action>> {
    private static final Duration SLOW = Duration.ofMillis(40);

    /** One in so many occasions of a step goes wrong. */
    private final int rarity;
    private final Map<Step, List<Action>> byStep = new EnumMap<>(Step.class);
    private final Map<Step, LongAdder> counts = new EnumMap<>(Step.class);

    Faults(int rarity) {
        this.rarity = rarity;
        Action tooMany = Action.reply("421 4.7.0 too many connections").then(Action.cut());
        Action closing = Action.reply("421 4.3.2 closing").then(Action.cut());
        List<Action> dead = List.of(Action.cut(), Action.reset(), Action.silence());
        at(Step.GREETING, dead, tooMany, tooMany, closing, Action.pause(SLOW).then(Action.reply("220 slow")));
        at(Step.EHLO, dead, closing);
        at(Step.CREDENTIALS, dead, closing, Action.reply("454 4.7.0 throttled"));
        at(Step.MAIL, dead, closing, Action.reply("451 4.3.0 later"), Action.drip(SLOW.dividedBy(8), "250 slow"));
        at(Step.RCPT, dead, closing, Action.reply("450 4.2.1 busy"), Action.reply("550 5.1.1 nobody"));
        at(Step.DATA, dead, closing, Action.reply("451 4.3.0 later"));
        at(Step.CONTENT, List.of(), Action.cut().afterBytes(20), Action.reset().afterBytes(20));
        for (Step end : List.of(Step.FINAL_DOT, Step.BDAT)) {
            at(end, dead, closing, Action.reply("452 4.3.1 full"), Action.reply("554 5.6.0 no"),
                    Action.cut().countsAs(250), Action.silence().countsAs(250),
                    Action.pause(SLOW).then(Action.reply("250 slow")),
                    Action.reply("250 accepted").then(Action.cut()),
                    Action.reply("250 accepted").then(closing));
        }
        at(Step.NOOP, dead, closing);
    }

    private void at(Step step, List<Action> common, Action... more) {
        byStep.put(step, Stream.concat(common.stream(), Stream.of(more)).toList());
        counts.put(step, new LongAdder());
    }

    @Override
    public Optional<Action> apply(Occasion occasion) {
        List<Action> actions = byStep.get(occasion.step());
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (actions == null || random.nextInt(rarity) > 0) {
            return Optional.empty();
        }
        counts.get(occasion.step()).increment();
        return Optional.of(actions.get(random.nextInt(actions.size())));
    }

    long count() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @Override
    public String toString() {
        return count() + " faults " + counts;
    }
}
