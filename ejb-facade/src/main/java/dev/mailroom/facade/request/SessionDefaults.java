package dev.mailroom.facade.request;

import dev.mailroom.SmtpSettings;
import dev.mailroom.TrustMode;
import java.time.Duration;
import java.util.Optional;

/** What emailSetTimeOut and emailConfigure have set for the sessions that are started afterwards. Thread-safe. */
public final class SessionDefaults {
    private final Optional<SessionDefaults> outer;
    private volatile Duration timeOut;
    private volatile TrustMode trust;

    /** @param outer the settings that apply where nothing is set here; empty = the administrator's settings */
    public SessionDefaults(Optional<SessionDefaults> outer) {
        this.outer = outer;
    }

    /** The longest silence of a server; empty = the administrator's. */
    public Optional<Duration> timeOut() {
        return timeOut == null ? outer.flatMap(SessionDefaults::timeOut) : Optional.of(timeOut);
    }

    public void timeOut(Duration silence) {
        timeOut = silence;
    }

    /** Whose trust anchors judge; empty = the administrator's choice. */
    public Optional<TrustMode> trust() {
        return trust == null ? outer.flatMap(SessionDefaults::trust) : Optional.of(trust);
    }

    public void trust(TrustMode mode) {
        trust = mode;
    }

    /** Settings of the administrator's with what was set here. */
    public SmtpSettings on(SmtpSettings settings) {
        SmtpSettings trusting = trust().map(settings::withTrust).orElse(settings);
        return timeOut().map(silence -> trusting.withTimeouts(trusting.timeouts().withReply(silence)))
                .orElse(trusting);
    }
}
