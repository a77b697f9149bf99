package dev.mailroom.spool;

import java.time.Instant;

/**
 * An outcome that the application has not acknowledged yet: its observers of {@link MailSettled} are being told, have
 * failed, or wait for the next time.
 *
 * @param outcome what they are told
 * @param since when the mail was finished
 * @param failures how often they have failed
 * @param next when they are told again
 * @param error how they failed last; empty = they have not
 */
public record UntoldOutcome(MailSettled outcome, Instant since, int failures, Instant next, String error) {
}
