package dev.mailroom.console.rest;

import dev.mailroom.Caller;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/** The receiving sessions of the console, as the API's paths name them. */
@RequestScoped
public class Mailboxes {
    private static final Caller CALLER = new Caller(ConsoleSettings.USER);

    @Inject
    private ReceivingSessions sessions;
    @Inject
    private HttpServletRequest request;

    /**
     * The session that a part of a path names: by its id this very one; by a name the one that was started last, else
     * the administrator's mailbox of that name, which is opened.
     */
    ReceivingSession at(String segment) throws SmtpException, SessionRefusedException {
        SessionPath path = SessionPath.of(segment);
        return path.id().isEmpty() ? sessions.findOrOpen(CALLER, path.name(), request::isUserInRole) : byId(path.id());
    }

    /** The same, but opens none. */
    ReceivingSession open(String segment) throws SessionRefusedException {
        SessionPath path = SessionPath.of(segment);
        return path.id().isEmpty() ? sessions.find(CALLER, path.name()) : byId(path.id());
    }

    private ReceivingSession byId(String id) {
        return sessions.open(CALLER, id).orElseThrow(() -> new ProblemException(new Problem(404, "There is no "
                + "open receiving session with that id: an id is the one that POST /api/receiving answered with, until "
                + "the session is closed or has expired.")));
    }

    /** Gives one holder back; with the last the deletions become final. */
    void close(ReceivingSession session) throws SmtpException, SessionRefusedException {
        sessions.close(CALLER, session);
    }
}
