package dev.mailroom.spool;

import java.time.Instant;
import java.util.Optional;

/**
 * How many outcomes the application has not acknowledged.
 *
 * @param count 0 = it has been told of everything
 * @param failing those of them that an observer has failed at
 * @param oldest when the first of their mails was finished; empty = there is none
 */
public record UntoldOutcomes(long count, long failing, Optional<Instant> oldest) {
}
