package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.foedus.util.MsgRangeFilter;
import com.icegreen.greenmail.imap.ImapHostManagerImpl;
import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.Flags;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * What one POP3 connection sees: the mails that were there when it logged in, under numbers that stay the same (RFC
 * 1939, section 4), whatever arrives or goes meanwhile. Without QUIT nothing is deleted (section 6).
 */
final class Pop3Maildrop extends ImapHostManagerImpl {
    private final SharedInbox inbox;
    private List<StoredMessage> mails = List.of();

    Pop3Maildrop(SharedInbox inbox) {
        super(new InMemoryStore());
        this.inbox = inbox;
    }

    @Override
    public MailFolder getInbox(GreenMailUser user) {
        mails = inbox.folder().getNonDeletedMessages();
        return (MailFolder) Proxy.newProxyInstance(MailFolder.class.getClassLoader(),
                new Class<?>[] {MailFolder.class}, (proxy, method, arguments) -> answer(method, arguments));
    }

    /** Only what GreenMail's POP3 commands ask a folder. */
    private Object answer(Method method, Object[] arguments) throws FolderException {
        return switch (method.getName()) {
            case "getMessageCount" -> mails.size();
            case "getMessages" -> arguments == null ? mails : within((MsgRangeFilter) arguments[0]);
            case "getNonDeletedMessages" -> mails.stream().filter(mail -> !mail.isSet(Flags.Flag.DELETED)).toList();
            case "getMsn" -> number((Long) arguments[0]);
            case "expunge" -> {
                removeMarked();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(this);
            case "equals" -> false;
            case "toString" -> "maildrop of " + mails.size() + " mails";
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private List<StoredMessage> within(MsgRangeFilter range) {
        List<StoredMessage> within = new ArrayList<>();
        for (int number = 1; number <= mails.size(); number++) {
            if (range.includes(number)) {
                within.add(mails.get(number - 1));
            }
        }
        return within;
    }

    private int number(long uid) throws FolderException {
        for (int number = 1; number <= mails.size(); number++) {
            if (mails.get(number - 1).getUid() == uid) {
                return number;
            }
        }
        throw new FolderException("No such message of uid " + uid + ".");
    }

    private void removeMarked() {
        for (StoredMessage mail : mails) {
            if (mail.isSet(Flags.Flag.DELETED)) {
                inbox.here().expunge(new IdRange[] {new IdRange(mail.getUid(), mail.getUid())});
            }
        }
        mails = List.of();
    }

    /** The connection has ended; marks that QUIT has not made final are taken back. */
    void leave() {
        mails.forEach(mail -> mail.setFlag(Flags.Flag.DELETED, false));
        mails = List.of();
    }
}
