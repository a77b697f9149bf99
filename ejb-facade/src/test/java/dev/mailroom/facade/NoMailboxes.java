package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpSettings;
import dev.mailroom.receiving.ReceivingSession;
import dev.mailroom.receiving.ReceivingSessions;
import dev.mailroom.receiving.ReceivingSettings;
import java.util.Optional;
import java.util.function.Predicate;

/** Nobody has a mailbox open, or may open one. */
final class NoMailboxes implements ReceivingSessions {
    @Override
    public ReceivingSession start(Caller caller, ReceivingSettings settings) throws SessionRefusedException {
        throw new SessionRefusedException(Reason.FORBIDDEN, "no mailboxes here");
    }

    @Override
    public ReceivingSession find(Caller caller, String user) throws SessionRefusedException {
        throw new SessionRefusedException(Reason.NO_SUCH_SESSION, "there is no receiving session \"" + user + "\"");
    }

    @Override
    public ReceivingSession findOrOpen(Caller caller, String user, Predicate<String> inRole)
            throws SessionRefusedException {
        return find(caller, user);
    }

    @Override
    public Optional<ReceivingSession> open(Caller caller, String id) {
        return Optional.empty();
    }

    @Override
    public void close(Caller caller, ReceivingSession session) throws SessionRefusedException {
        throw new SessionRefusedException(Reason.NO_SUCH_SESSION, "there is no receiving session");
    }

    @Override
    public ReceivingSettings defaults(MailProtocol protocol, String user, String host, int port) {
        return ReceivingSettings.of(SmtpSettings.of(user, host, port).withProtocol(protocol));
    }
}
