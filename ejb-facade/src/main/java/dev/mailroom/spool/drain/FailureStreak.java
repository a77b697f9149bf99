package dev.mailroom.spool.drain;

import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.Phase;
import dev.mailroom.Receipt;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Counts failures of senders or mails that come one after the other without a success between them. One refused sender
 * must not hold others up, nor one mail that servers hang up on; but failures that all of them meet are the
 * server's. For one turn and thread.
 */
final class FailureStreak {
    /** With so many different senders the server counts as the cause: an attempt each is cheap, and others go on. */
    private static final int MANY_SENDERS = 20;
    /** The same for mails that cost a connection: an attempt each is a new connection. */
    private static final int MANY_LOST = 3;
    /** So many different senders must be told of the server at MAIL: it may mean each of them. */
    private static final int MANY_TOLD = 3;
    /** Mails of one that was told which are passed over in search of another sender's. */
    private static final int MOST_PASSED = 100;

    private final Set<String> senders = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private Optional<Failure> word = Optional.empty();
    private int passed;
    private int lost;

    /**
     * Takes an outcome; true = the server counts as the cause. A 4.1.x speaks of that one address only (RFC 3463,
     * section 3.2).
     */
    boolean blames(String sender, Outcome outcome) {
        if (outcome instanceof Receipt) {
            senders.clear();
            told.clear();
            word = Optional.empty();
            passed = 0;
            lost = 0;
        } else if (outcome instanceof Failure failure && failure.isTransient()) {
            if (failure.scope() == FailureScope.SENDER && !failure.reply().enhancedStatus().startsWith("4.1.")) {
                senders.add(sender);
            }
            if (speaksOfServer(failure)) {
                told.add(sender);
                word = Optional.of(failure);
            }
            if (failure.scope() != FailureScope.CONNECTION && lostConnection(failure)) {
                lost++;
            }
        }
        return senders.size() >= MANY_SENDERS || told.size() >= MANY_TOLD || lost >= MANY_LOST;
    }

    /** Whether that is said of the server, but in answer to one sender: another is asked before it is believed. */
    static boolean speaksOfServer(Failure failure) {
        return failure.phase() == Phase.MAIL && failure.isTransient()
                && failure.scope().compareTo(FailureScope.SENDER) > 0;
    }

    /** What was said of the server and no mail has disproved since. */
    Optional<Failure> word() {
        return word;
    }

    /** A mail is passed over because its sender was refused; true = enough were, there may be no other sender. */
    boolean passes() {
        passed++;
        return word.isPresent() && passed >= MOST_PASSED;
    }

    private static boolean lostConnection(Failure failure) {
        boolean closed = !failure.reply().isPresent() || failure.reply().code() == 421;
        return !failure.reusable() && closed && failure.phase().compareTo(Phase.MAIL) >= 0;
    }
}
