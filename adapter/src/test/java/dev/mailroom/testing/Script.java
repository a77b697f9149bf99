package dev.mailroom.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The rules of a server; the newest that answers for an occasion decides. Rules may be added while it runs. */
final class Script {
    private final List<Function<Occasion, Optional<Action>>> rules = new CopyOnWriteArrayList<>();

    void add(Function<Occasion, Optional<Action>> rule) {
        rules.add(0, rule);
    }

    void add(When when, Action action) {
        Optional<Action> answer = Optional.of(action);
        add(occasion -> when.matches(occasion) ? answer : Optional.empty());
    }

    void clear() {
        rules.clear();
    }

    Optional<Action> at(Occasion occasion) {
        for (Function<Occasion, Optional<Action>> rule : rules) {
            Optional<Action> action = rule.apply(occasion);
            if (action.isPresent()) {
                return action;
            }
        }
        return Optional.empty();
    }
}
