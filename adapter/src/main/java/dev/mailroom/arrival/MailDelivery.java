package dev.mailroom.arrival;

import dev.mailroom.receiving.ReceivedMail;

/** Gives mails to a listener. For one thread at a time. */
@FunctionalInterface
public interface MailDelivery {
    /**
     * Gives it one; when this returns, the listener's transaction has committed.
     *
     * @throws UnclaimedMailException when it is not for this listener and is to stay as it is
     * @throws ListenerUnavailableException when it cannot take any mail now: this is no failure of that mail
     * @throws Exception when the listener has failed, or its transaction was rolled back
     */
    void deliver(ReceivedMail mail) throws Exception;
}
