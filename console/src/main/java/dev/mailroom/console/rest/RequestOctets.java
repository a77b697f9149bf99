package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** This request's share of the {@link RequestBudget}, given back when the request has been answered. */
@RequestScoped
public class RequestOctets {
    private RequestBudget budget;
    private long taken;

    /** For the container's proxy. */
    protected RequestOctets() {
    }

    /** None taken yet. */
    @Inject
    public RequestOctets(RequestBudget budget) {
        this.budget = budget;
    }

    /**
     * Makes sure that there is room for so many octets of this request in all.
     *
     * @throws ProblemException 503 when others need it; later there is room again
     */
    public void atLeast(long octets) {
        long more = octets - taken;
        if (more > 0) {
            if (!budget.take(more)) {
                throw new ProblemException(Problem.busy("Too many long requests are being worked on "
                        + "(mailroom.console.request-budget); send this one again in a moment."));
            }
            taken = octets;
        }
    }

    /**
     * Makes sure that there is room for all of something that is read for this request.
     *
     * @throws ProblemException 503 when others need it; 403 when there never is
     */
    public void holdWhole(long octets, String what) {
        if (!budget.everFits(octets)) {
            throw new ProblemException(new Problem(403, what + " has " + octets + " octets, more than "
                    + "mailroom.console.request-budget lets be worked on; its source can be read."));
        }
        atLeast(octets);
    }

    /** Gives it back. */
    @PreDestroy
    public void end() {
        if (taken > 0) {
            budget.give(taken);
            taken = 0;
        }
    }
}
