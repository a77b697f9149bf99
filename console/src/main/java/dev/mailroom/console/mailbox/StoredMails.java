package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.imap.commands.IdRange;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The newest mails, bounded in number and in bytes. They are those of the folder that clients read: what one deletes is
 * gone here too. Thread-safe.
 */
final class StoredMails {
    private static final long MOST_BYTES = Math.min(64L * 1024 * 1024, Runtime.getRuntime().maxMemory() / 8);
    private static final byte[] AS_IT_IS = new byte[0];

    private final SharedInbox inbox;
    private final int keep;
    /** What the folder does not know of its mails, by their UIDs. */
    private final Map<Long, Arrival> arrivals = new HashMap<>();

    /**
     * How a mail came.
     *
     * @param original the mail data where the folder has something else in its place; else empty
     */
    private record Arrival(Instant received, String reversePath, List<String> forwardPaths, byte[] original) {
    }

    StoredMails(SharedInbox inbox, int keep) {
        this.inbox = inbox;
        this.keep = keep;
        inbox.beforeUse(this::makeRoom);
    }

    /** Keeps a mail; the oldest are dropped to make room. */
    synchronized void add(Instant received, String reversePath, List<String> forwardPaths, MimeMessage mail) {
        byte[] original = AS_IT_IS;
        long uid;
        try {
            uid = append(mail, received);
        } catch (RuntimeException e) {
            // GreenMail describes each mail for IMAP when it comes, and there are mails that it fails at.
            original = bytes(mail);
            uid = append(standIn(original), received);
        }
        arrivals.put(uid, new Arrival(received, reversePath, forwardPaths, original));
        makeRoom();
    }

    private long append(MimeMessage mail, Instant received) {
        return inbox.here().appendMessage(mail, new Flags(), Date.from(received));
    }

    private static MimeMessage standIn(byte[] original) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes("Subject: (a mail that cannot be taken apart)\r\nContent-Type: text/plain; charset=ISO-8859-1"
                .getBytes(StandardCharsets.US_ASCII));
        text.writeBytes("\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        text.writeBytes(original);
        return GreenMailUtil.newMimeMessage(new ByteArrayInputStream(text.toByteArray()));
    }

    private synchronized void makeRoom() {
        MailFolder folder = inbox.here();
        List<StoredMessage> mails = all();
        long bytes = mails.stream().mapToLong(StoredMails::size).sum();
        int oldest = 0;
        while (mails.size() - oldest > keep || bytes > MOST_BYTES && mails.size() - oldest > 1) {
            StoredMessage mail = mails.get(oldest++);
            bytes -= size(mail);
            remove(folder, mail);
        }
        if (arrivals.size() > 2 * mails.size() + 100) {
            arrivals.keySet().retainAll(mails.stream().map(StoredMessage::getUid).toList());
        }
    }

    private static long size(StoredMessage mail) {
        return mail.getAttributes().getSize();
    }

    private void remove(MailFolder folder, StoredMessage mail) {
        mail.setFlag(Flags.Flag.DELETED, true);
        // So that clients that have the folder open are told.
        folder.expunge(new IdRange[] {new IdRange(mail.getUid(), mail.getUid())});
        // A POP3 session that began before can still read it.
        mail.setFlag(Flags.Flag.DELETED, false);
        arrivals.remove(mail.getUid());
    }

    private List<StoredMessage> all() {
        return List.copyOf(inbox.here().getMessages());
    }

    /** The mails, newest first; each is read when the stream comes to it. */
    Stream<StoredMail> newestFirst() {
        List<StoredMessage> mails = all();
        return IntStream.rangeClosed(1, mails.size())
                .mapToObj(i -> stored(mails.get(mails.size() - i)));
    }

    private StoredMail stored(StoredMessage mail) {
        Optional<Arrival> arrival = arrival(mail.getUid());
        byte[] original = arrival.map(Arrival::original).orElse(AS_IT_IS);
        return new StoredMail(mail.getUid(),
                arrival.map(Arrival::received).orElseGet(() -> mail.getReceivedDate().toInstant()),
                arrival.map(Arrival::reversePath).orElse(""), arrival.map(Arrival::forwardPaths).orElse(List.of()),
                original.length > 0 ? original : bytes(mail.getMimeMessage()));
    }

    /** Empty = a client has put it into the folder. */
    private synchronized Optional<Arrival> arrival(long uid) {
        return Optional.ofNullable(arrivals.get(uid));
    }

    private static byte[] bytes(MimeMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    synchronized void clear() {
        all().forEach(mail -> remove(inbox.here(), mail));
        arrivals.clear();
    }
}
