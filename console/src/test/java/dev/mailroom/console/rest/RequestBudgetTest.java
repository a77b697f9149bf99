package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.console.problem.Problem;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private final RequestBudget budget = new RequestBudget(100);
    private final RequestOctets one = new RequestOctets(budget);
    private final RequestOctets other = new RequestOctets(budget);

    @Test
    void whatDoesNotFitBesideOthersIsAskedToComeAgain() {
        one.atLeast(60);
        other.atLeast(40);
        Problem busy = problemOf(() -> other.atLeast(41));
        assertEquals(503, busy.status());
        assertEquals(1, busy.extensions().getInt("retryAfter"));
    }

    @Test
    void aRequestThatEndsGivesBackAllOfIt() {
        one.atLeast(10);
        one.atLeast(90);
        one.atLeast(50);
        problemOf(() -> other.atLeast(11));
        one.end();
        other.atLeast(100);
        other.end();
        other.end();
        one.atLeast(100);
        problemOf(() -> other.atLeast(1));
    }
}
