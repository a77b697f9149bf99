package dev.mailroom.store;

import dev.mailroom.Deadline;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.transport.StoreWire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** What both dialogues have in common: one operation at a time, bounded, and after a failure midway nothing more. */
final class StoreDialogue {
    private final StoreWire wire;
    private final ReceivingSettings settings;
    private final AtomicBoolean over = new AtomicBoolean();

    StoreDialogue(StoreWire wire, ReceivingSettings settings) {
        this.wire = wire;
        this.settings = settings;
    }

    /** One operation. */
    interface Operation<T, X extends Exception> {
        T run() throws SmtpException, X;
    }

    /** Runs one; only a refusal leaves the connection as it was. */
    <T, X extends Exception> T run(Phase phase, Operation<T, X> operation) throws SmtpException, X {
        if (over.get()) {
            throw failure(phase, "the connection to " + peer() + " is closed; open the mailbox again", true);
        }
        boolean known = false;
        wire.phase(phase);
        wire.bound(Deadline.after(settings.server().timeouts().send()));
        try {
            T result = operation.run();
            known = true;
            return result;
        } catch (SmtpException e) {
            known = e.failure().reusable();
            throw e;
        } finally {
            if (!known) {
                close();
            }
        }
    }

    /** What is done for its effect. */
    interface Step<X extends Exception> {
        void run() throws SmtpException, X;
    }

    /** Runs a part of an operation that leaves nothing unread unless it fails; then the connection is closed. */
    <X extends Exception> void wholly(Step<X> step) throws SmtpException, X {
        boolean whole = false;
        try {
            step.run();
            whole = true;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /** Whether an operation can be begun. */
    boolean usable() {
        return !over.get();
    }

    /** For good. */
    void close() {
        over.set(true);
        wire.close();
    }

    /** Checks a size before it is asked for. */
    void checkSize(int number, long octets) throws SmtpException {
        if (octets > settings.maxMessage()) {
            throw refusal(Phase.FETCH, "mail " + number + " of \"" + settings.server().user() + "\" at " + peer()
                    + " has " + octets + " octets, more than the " + settings.maxMessage() + " that may be read; an "
                    + "administrator can raise mailroom.receive.max-message", true);
        }
    }

    /** It grew beyond what the server had said, and beyond what may be read. */
    SmtpException tooLong(int number) {
        return failure(Phase.FETCH, "mail " + number + " of \"" + settings.server().user() + "\" at " + peer()
                + " goes on beyond the " + settings.maxMessage() + " octets that may be read, whatever size the server "
                + "said; an administrator can raise mailroom.receive.max-message", true);
    }

    /** The server has refused a command and is as it was before. */
    SmtpException refusal(Phase phase, String what, String said, boolean lasting) {
        return refusal(phase, "the " + settings.protocol() + " server " + peer() + " refused " + what + " for \""
                + settings.server().user() + "\": " + said, lasting);
    }

    private SmtpException refusal(Phase phase, String message, boolean lasting) {
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, true, SmtpReply.NONE, List.of(),
                settings.server().host(), settings.server().port(), lasting));
    }

    private SmtpException failure(Phase phase, String message, boolean lasting) {
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.server().host(), settings.server().port(), lasting));
    }

    /** POP3 cannot do it. */
    SmtpException onlyImap() {
        return refusal(Phase.CHANGE, "the mailbox \"" + settings.server().user() + "\" at " + peer()
                + " was opened with POP3, which has no folders, flags or search; open it with IMAP", true);
    }

    /** The UIDs of a folder mean others than before. */
    SmtpException otherMails(String folder, String before, String now) {
        return refusal(Phase.SELECT, "the connection to \"" + settings.server().user() + "\" at " + peer()
                + " was lost, and since then the folder \"" + folder + "\" is another (UIDVALIDITY " + now + ", before "
                + before + "): mails that were listed are not known any more, and no marks of deletion are kept; close"
                + " the session and start it again", true);
    }

    /** Deletions were not made final, or nobody knows. */
    SmtpException unconfirmed(int deletions, String why, SmtpException cause) {
        Failure failure = failure(Phase.QUIT, "the " + settings.protocol() + " server " + peer()
                + " has not confirmed that " + deletions + (deletions == 1 ? " mail" : " mails") + " of \""
                + settings.server().user() + "\" were deleted: " + why + "; they may be there again", false).failure();
        return new SmtpException(failure, cause);
    }

    /** No mailbox opens without a login. */
    void requireSecret() throws SmtpException {
        if (settings.server().secret().kind() == Secret.Kind.NONE) {
            throw failure(Phase.AUTH, "the mailbox \"" + settings.server().user() + "\" at " + peer()
                    + " opens only with a login: pass its password, or an access token", true);
        }
    }

    /** The target of a mail has failed; the rest of it stays unread. */
    static IOException targetFailed(IOException cause) {
        return new IOException("the mail could not be written: " + cause.getMessage(), cause);
    }

    private String peer() {
        String host = settings.server().host();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + settings.server().port();
    }
}
