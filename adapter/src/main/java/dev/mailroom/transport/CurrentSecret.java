package dev.mailroom.transport;

import dev.mailroom.Deadline;
import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.secret.TokenException;
import java.time.Duration;
import java.util.Optional;

/**
 * What the secret of a session is at the moment when a connection is to be opened. It is asked for before anything is
 * opened: no server is kept waiting for a token.
 */
final class CurrentSecret {
    private static final int REFUSED = 535;
    /** Where a session sets no limit to a whole send. */
    private static final Duration PATIENT = Duration.ofMinutes(10);

    private final SmtpSettings asked;
    private final Deadline deadline;
    private final Optional<SecretOrigin> origin;
    private final String before;
    private final SmtpSettings current;

    CurrentSecret(SmtpSettings asked, Deadline deadline) throws SmtpException {
        this.asked = asked;
        this.deadline = deadline;
        this.origin = asked.secret().origin();
        this.before = origin.map(SecretOrigin::known).orElse("");
        this.current = resolved();
    }

    private SmtpSettings resolved() throws SmtpException {
        if (origin.isEmpty()) {
            return asked;
        }
        Duration patience = deadline.remaining(PATIENT);
        if (patience.isZero()) {
            throw failure("no time was left to ask for one", false, null);
        }
        try {
            Secret now = asked.secret().current(patience);
            return asked.withIdentity(asked.identity(), now);
        } catch (TokenException e) {
            throw failure(e.getMessage(), e.lasting(), e);
        } catch (IllegalArgumentException e) {
            throw failure(e.getMessage(), true, e);
        }
    }

    private SmtpException failure(String why, boolean lasting, Exception cause) {
        Failure failure = Failure.before(Phase.TOKEN, "no access token for \"" + asked.user() + "\" at " + asked.host()
                + ": " + why, asked);
        return new SmtpException(lasting ? failure.asLasting() : failure, cause);
    }

    /** The settings that a connection is opened with; the identity is that of the session. */
    SmtpSettings settings() {
        return current;
    }

    /**
     * The settings for one more attempt after a refusal; empty = there is nothing else to show.
     *
     * @throws SmtpException when another token could not be had; it says what the mail server had said
     */
    Optional<SmtpSettings> afterRefusal(SmtpException why) throws SmtpException {
        String shown = current.secret().value();
        if (!judged(why.failure()) || origin.isEmpty() || !origin.get().refused(shown, shown.equals(before))) {
            return Optional.empty();
        }
        try {
            SmtpSettings other = resolved();
            return Optional.of(other).filter(again -> !again.secret().value().equals(shown));
        } catch (SmtpException e) {
            e.addSuppressed(why);
            throw e;
        }
    }

    /** POP3 and IMAP have no codes: what is refused for good there was refused for the secret's sake, or nearly so. */
    private boolean judged(Failure failure) {
        boolean smtp = asked.identity().protocol() == Identity.MailProtocol.SMTP;
        return failure.phase() == Phase.AUTH && (smtp ? failure.reply().code() == REFUSED : !failure.isTransient());
    }
}
