package dev.mailroom.smtp;

import dev.mailroom.SmtpReply;
import java.lang.System.Logger.Level;

/**
 * The dialogue at level DEBUG, line by line, to find out what a server said. Content is never shown; the code that
 * sends a secret masks it before.
 */
public final class DialogueLog {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.smtp");

    private final ServerAddress peer;

    /** Logs the dialogue with that server. */
    public DialogueLog(ServerAddress peer) {
        this.peer = peer;
    }

    /** Whether anything would be logged. */
    public boolean isOn() {
        return LOG.isLoggable(Level.DEBUG);
    }

    /** A command line of ours, secrets masked. */
    public void sent(String command) {
        LOG.log(Level.DEBUG, "{0} C: {1}", peer, command);
    }

    /** What the server said. */
    public void received(SmtpReply reply) {
        LOG.log(Level.DEBUG, "{0} S: {1}", peer, reply);
    }
}
