package dev.mailroom.facade;

import dev.mailroom.TrustMode;
import java.time.Duration;
import java.util.Optional;

/** What the mail functions keep for one caller: the last error, the Email structure, the timeout, the trust mode. */
final class CallerState {
    private final Email email = new Email();
    private volatile MailError error;
    private volatile Duration timeOut;
    private volatile TrustMode trust;

    Email email() {
        return email;
    }

    Optional<MailError> error() {
        return Optional.ofNullable(error);
    }

    void fail(MailError why) {
        error = why;
    }

    void clearError() {
        error = null;
    }

    /** The longest silence this caller wants; empty = the administrator's. */
    Optional<Duration> timeOut() {
        return Optional.ofNullable(timeOut);
    }

    void timeOut(Duration silence) {
        timeOut = silence;
    }

    /** Whose trust anchors this caller wants; empty = the administrator's choice. */
    Optional<TrustMode> trust() {
        return Optional.ofNullable(trust);
    }

    void trust(TrustMode mode) {
        trust = mode;
    }
}
