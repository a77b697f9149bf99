package dev.mailroom.console.rest;

import dev.mailroom.Caller;
import dev.mailroom.Secret;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.receiving.ReceivingSettings;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** The receiving sessions of the console, as the API's paths name them. */
@RequestScoped
public class Mailboxes {
    private static final Caller CALLER = new Caller(ConsoleSettings.USER);

    @Inject
    private ReceivingSessions sessions;

    /** Opens a mailbox, or is one more holder of the same. */
    ReceivingSession start(ReceivingRequest wanted) throws SmtpException, SessionRefusedException {
        return sessions.start(CALLER, settings(wanted));
    }

    private ReceivingSettings settings(ReceivingRequest wanted) {
        try {
            ReceivingSettings settings =
                    sessions.defaults(wanted.protocol(), wanted.username(), wanted.server(), wanted.port());
            return settings.withServer(
                    settings.server().withSecret(Secret.password(wanted.password())).withTls(wanted.tls()));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput("The session cannot be started: " + e.getMessage() + ".");
        }
    }

    /** The session that a part of a path names: by its id this very one, by a name the one that was started last. */
    ReceivingSession at(String segment) throws SessionRefusedException {
        SessionPath path = SessionPath.of(segment);
        if (path.id().isEmpty()) {
            return sessions.find(CALLER, path.name());
        }
        return sessions.open(CALLER, path.id()).orElseThrow(() -> new ProblemException(new Problem(404, "There is no "
                + "open receiving session with that id: an id is the one that POST /api/receiving answered with, until "
                + "the session is closed or has expired.")));
    }

    /** Gives one holder back; with the last the deletions become final. */
    void close(ReceivingSession session) throws SmtpException, SessionRefusedException {
        sessions.close(CALLER, session);
    }
}
