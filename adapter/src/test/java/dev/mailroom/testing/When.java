package dev.mailroom.testing;

import java.util.function.Predicate;

/** Which occasions a rule is for. Immutable; every method returns a narrower condition. */
public final class When {
    private final Predicate<Occasion> condition;

    private When(Predicate<Occasion> condition) {
        this.condition = condition;
    }

    /** Every occasion of that step. */
    public static When at(Step step) {
        return new When(occasion -> occasion.step() == step);
    }

    /** Only with that argument: the path of MAIL and RCPT, the mechanism of AUTH; case does not matter. */
    public When argument(String argument) {
        return and(occasion -> occasion.argument().equalsIgnoreCase(argument));
    }

    /** Only on that connection; the first is 1. */
    public When connection(int number) {
        return and(occasion -> occasion.connection() == number);
    }

    /** Only the n-th time on a connection that the step comes; the first is 1. */
    public When nth(int n) {
        return and(occasion -> occasion.nth() == n);
    }

    /** Only where the test says so. */
    public When and(Predicate<Occasion> further) {
        return new When(condition.and(further));
    }

    boolean matches(Occasion occasion) {
        return condition.test(occasion);
    }
}
