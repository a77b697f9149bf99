package dev.mailroom.facade.fields;

import dev.mailroom.mime.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whom a mail that is to be sent comes from, beside its Sender, and when. Values are checked when the mail is sent.
 * Not thread-safe. A null text is an empty one.
 */
public final class EmailOrigin {
    private final List<String> furtherAuthors = new ArrayList<>();
    private String transmitter = "";
    private String envelopeSender = "";
    private Instant date;

    /** Those who wrote the mail together with its Sender (more mailboxes in From): the live list. */
    public List<String> getFurtherAuthors() {
        return furtherAuthors;
    }

    /** Who sends the mail for its authors (the field Sender of RFC 5322, section 3.6.2); empty = not said. */
    public String getTransmitter() {
        return transmitter;
    }

    /**
     * Sets who sends the mail for its authors. Where there are several authors and nobody is named, it is the first:
     * the field is required then.
     */
    public void setTransmitter(String transmitter) {
        this.transmitter = orEmpty(transmitter);
    }

    /** Who hears of failures; empty = the address of the Sender. */
    public String getEnvelopeSender() {
        return envelopeSender;
    }

    /**
     * Sets the reverse-path (MAIL FROM), which receives bounces.
     *
     * @param address an address, in which <code>{id}</code> stands for what is before the at sign of the mail's
     *     Message-ID: <code>bounces+{id}@example.org</code> tells which mail a bounce is about (what an address may
     *     not have of it is replaced, its end too where it is too long); {@code <>} = nobody is to hear of failures
     *     (RFC 5321, section 4.5.5); empty = the address of the Sender
     */
    public void setEnvelopeSender(String address) {
        this.envelopeSender = orEmpty(address);
    }

    /** The field Date; empty = when the mail is sent. */
    public Optional<Instant> getDate() {
        return Optional.ofNullable(date);
    }

    /** Sets the field Date, shown in the server's time zone; null = when the mail is sent. */
    public void setDate(Instant date) {
        this.date = date;
    }

    /**
     * For the draft.
     *
     * @param usualEnvelopeSender that of the session, where nothing is said here
     */
    public Draft.Origin written(String usualEnvelopeSender) {
        return new Draft.Origin(furtherAuthors, transmitter,
                envelopeSender.isEmpty() ? usualEnvelopeSender : envelopeSender, getDate());
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
