package dev.mailroom.receiving;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;

/** A mail that has arrived, whole. Immutable, as long as nobody writes into its octets. */
public final class ReceivedMail {
    private final String mailbox;
    private final MessageEntry entry;
    private final int delivery;
    private final byte[] source;

    /**
     * A mail.
     *
     * @param mailbox what the mailbox is called
     * @param entry what the server says of the mail
     * @param delivery how often it was given to a listener, this time included
     * @param source its octets as they came
     */
    public ReceivedMail(String mailbox, MessageEntry entry, int delivery, byte[] source) {
        this.mailbox = Objects.requireNonNull(mailbox, "mailbox");
        this.entry = Objects.requireNonNull(entry, "entry");
        this.delivery = delivery;
        this.source = Objects.requireNonNull(source, "source");
    }

    /** What the mailbox is called in the configuration. */
    public String mailbox() {
        return mailbox;
    }

    /** What the server says of it; {@link MessageEntry#identifier} tells two mails apart. */
    public MessageEntry entry() {
        return entry;
    }

    /** How often it was given to a listener, this time included: more than 1 = an earlier time has failed. */
    public int delivery() {
        return delivery;
    }

    /** Its octets (RFC 5322) as they came; not to be changed. */
    public byte[] source() {
        return source;
    }

    /** The same as a stream. */
    public InputStream open() {
        return new ByteArrayInputStream(source);
    }

    @Override
    public String toString() {
        return "mail " + entry.identifier() + " of " + mailbox;
    }
}
