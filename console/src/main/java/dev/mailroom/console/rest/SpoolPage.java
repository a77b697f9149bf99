package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.SpoolState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which spooled mails a caller wants to see.
 *
 * @param after the number of the last mail of the page before; 0 = from the beginning
 * @param limit most mails, 1 to 1,000
 */
record SpoolPage(List<SpoolState> states, long after, int limit) {
    private static final int USUAL = 100;
    private static final int LONGEST = 1_000;

    /** Each text may be empty. */
    static SpoolPage of(String state, String after, String limit) {
        return new SpoolPage(states(state), after(after), limit(limit));
    }

    private static List<SpoolState> states(String state) {
        if (state.isEmpty()) {
            return List.of(SpoolState.FAILED, SpoolState.IN_DOUBT);
        }
        try {
            return List.of(SpoolState.valueOf(state.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput("Parameter \"state\" must be one of "
                    + String.join(", ", Arrays.stream(SpoolState.values()).map(Enum::name).toList()) + ".");
        }
    }

    private static long after(String after) {
        try {
            return after.isEmpty() ? 0 : MailIdentifier.parse(after).number();
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput("Parameter \"after\" must be a mail's id: " + e.getMessage() + ".");
        }
    }

    private static int limit(String limit) {
        int wanted = limit.isEmpty() ? USUAL : limit.matches("\\d{1,9}") ? Integer.parseInt(limit) : 0;
        if (wanted < 1 || wanted > LONGEST) {
            throw ProblemException.badInput("Parameter \"limit\" must be a number from 1 to " + LONGEST + ".");
        }
        return wanted;
    }
}
