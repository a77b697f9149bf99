package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapHostManagerImpl;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;

/** The one folder that there is, INBOX, in the one account that every login is shown. */
final class SharedInbox extends ImapHostManagerImpl {
    private static final String ACCOUNT = "mailbox";

    private final GreenMailUser account;
    /** Comes before whatever a client puts into the folder. */
    private volatile Runnable beforeUse = () -> { };

    SharedInbox() {
        super(new InMemoryStore());
        try {
            account = new UserManager(this).createUser(ACCOUNT, ACCOUNT, "");
        } catch (UserException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folder, to be read or written now. */
    MailFolder folder() {
        return getInbox(account);
    }

    /** The same, whatever is to be done before it is used. */
    MailFolder here() {
        return super.getFolder(account, ImapConstants.INBOX_NAME);
    }

    void beforeUse(Runnable action) {
        beforeUse = action;
    }

    @Override
    public MailFolder getFolder(GreenMailUser user, String name) {
        beforeUse.run();
        return super.getFolder(user, name);
    }

    @Override
    public MailFolder createMailbox(GreenMailUser user, String name) throws FolderException {
        throw oneFolder();
    }

    @Override
    public void renameMailbox(GreenMailUser user, String from, String to) throws FolderException {
        throw oneFolder();
    }

    private static FolderException oneFolder() {
        return new FolderException("The development mailbox has one folder, INBOX");
    }

    /** Logins to the account, with any name and password; they find its folders there. */
    UserManager logins(ImapHostManager folders) {
        return new AnyLogin(folders);
    }

    private final class AnyLogin extends UserManager {
        AnyLogin(ImapHostManager folders) {
            super(folders);
            setAuthRequired(false);
        }

        @Override
        public GreenMailUser getUser(String login) {
            return account;
        }

        @Override
        public boolean hasUser(String login) {
            return true;
        }

        @Override
        public boolean test(String login, String password) {
            return true;
        }
    }
}
