package dev.mailroom.console.mailbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest mails, bounded in number and in bytes. Thread-safe. */
final class StoredMails {
    private static final long MOST_BYTES = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);

    private final Deque<StoredMail> mails = new ArrayDeque<>();
    private final int keep;
    private long lastId;
    private long bytes;

    StoredMails(int keep) {
        this.keep = keep;
    }

    /** Numbers a mail and keeps it; the oldest are dropped to make room. */
    synchronized void add(StoredMail mail) {
        mails.addFirst(new StoredMail(
                ++lastId, mail.received(), mail.reversePath(), mail.forwardPaths(), mail.source()));
        bytes += mail.source().length;
        while (mails.size() > keep || (bytes > MOST_BYTES && mails.size() > 1)) {
            bytes -= mails.removeLast().source().length;
        }
    }

    /** The mails, newest first. */
    synchronized List<StoredMail> newestFirst() {
        return List.copyOf(mails);
    }

    synchronized void clear() {
        mails.clear();
        bytes = 0;
    }
}
