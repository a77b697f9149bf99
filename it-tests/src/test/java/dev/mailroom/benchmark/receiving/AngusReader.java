package dev.mailroom.benchmark.receiving;

import dev.mailroom.testing.PrivateDovecot;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.pop3.POP3Folder;

/** Jakarta Mail as most programs use it, or tuned by hand. */
final class AngusReader implements MailboxReader {
    /** Mails of which Jakarta Mail is told to fetch all at once. */
    private static final int BLOCK = 64;

    private final boolean tuned;
    private boolean pop3;
    private Store store;
    private Folder folder;

    AngusReader(boolean tuned) {
        this.tuned = tuned;
    }

    @Override
    public String name() {
        return tuned ? "Angus, tuned" : "Angus";
    }

    boolean tuned() {
        return tuned;
    }

    @Override
    public String settings() {
        return tuned ? "IMAP: partialfetch=false, blocks of " + BLOCK + " mails prefetched with the profile item "
                + "MESSAGE where mails are small; POP3: filecache.enable=true"
                : "as it comes; headers with FetchProfile ENVELOPE, SIZE and UID";
    }

    @Override
    public void open(boolean readsPop3, int port, String user) throws Exception {
        pop3 = readsPop3;
        Properties properties = new Properties();
        if (tuned) {
            properties.setProperty("mail.imap.partialfetch", "false");
            properties.setProperty("mail.pop3.filecache.enable", "true");
        }
        store = Session.getInstance(properties).getStore(pop3 ? "pop3" : "imap");
        store.connect("127.0.0.1", port, user, PrivateDovecot.PASSWORD);
        folder = store.getFolder("INBOX");
        folder.open(Folder.READ_WRITE);
    }

    @Override
    public int headers() throws Exception {
        Message[] messages = folder.getMessages();
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.SIZE);
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(messages, profile);
        Set<String> identifiers = new HashSet<>();
        for (Message message : messages) {
            if (!message.getSubject().isEmpty() && message.getSize() > 0) {
                identifiers.add(pop3 ? ((POP3Folder) folder).getUID(message)
                        : String.valueOf(((UIDFolder) folder).getUID(message)));
            }
        }
        return identifiers.size();
    }

    @Override
    public int read(OutputStream to) throws Exception {
        Message[] messages = folder.getMessages();
        for (int i = 0; i < messages.length; i++) {
            if (tuned && !pop3 && i % BLOCK == 0 && messages.length > 1) {
                FetchProfile profile = new FetchProfile();
                profile.add(IMAPFolder.FetchProfileItem.MESSAGE);
                folder.fetch(Arrays.copyOfRange(messages, i, Math.min(messages.length, i + BLOCK)), profile);
            }
            messages[i].writeTo(to);
        }
        return messages.length;
    }

    @Override
    public void close() throws IOException {
        try {
            if (folder != null) {
                folder.close(false);
            }
            if (store != null) {
                store.close();
            }
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }
}
