package dev.mailroom.connector;

import dev.mailroom.SmtpReply;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * How many mails the server of one session takes on a connection, as its refusals tell. A reply that says so is
 * believed at once; any other must come twice after the same number of mails, since a rate limit looks alike, and a
 * server that hangs up without a word must do so three times. One mail a connection, which would end all reuse, is
 * believed only where a reply says so twice. Forgotten after an hour, so that a raised limit is noticed. Thread-safe.
 */
final class MailLimit {
    private static final Duration BELIEVED = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    /** 0 = none known. */
    private int limit;
    private long learnedAt;
    private int suspected;
    /** How many connections in a row ended after that many mails. */
    private int times;

    MailLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Mails after which a connection has carried enough; 0 = not known. */
    synchronized int mails() {
        if (limit > 0 && nanoTime.getAsLong() - learnedAt > BELIEVED.toNanos()) {
            limit = 0;
            times = 0;
        }
        return limit;
    }

    /**
     * A connection was given that many mails and then refused the next with that reply, or was lost ({@link
     * SmtpReply#NONE}) when the next one's envelope was sent.
     *
     * @return the limit if it is news
     */
    synchronized OptionalInt refusedAfter(int borne, SmtpReply reply) {
        boolean clear = ServerLimits.tooManyMails(reply);
        if (borne == 0 || reply.isPermanent() && !clear || ServerLimits.endsIdleConnection(reply)) {
            return OptionalInt.empty();
        }
        if (borne == 1 && !clear) {
            times = 0;
            return OptionalInt.empty();
        }
        times = borne == suspected ? times + 1 : 1;
        suspected = borne;
        int enough = clear ? borne == 1 ? 2 : 1 : reply.isPresent() ? 2 : 3;
        boolean believed = times >= enough;
        if (!believed || borne == mails()) {
            return OptionalInt.empty();
        }
        limit = borne;
        learnedAt = nanoTime.getAsLong();
        return OptionalInt.of(borne);
    }
}
