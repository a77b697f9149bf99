package dev.mailroom.reading;

import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ReceivedHeader;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivedMail;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an Email tells of a mail that was received, beyond what sending knows too. Not thread-safe. */
public abstract class ReceivedProperties {
    private static final byte[] NOTHING = new byte[0];

    private byte[] source = NOTHING;
    private Optional<ReceivedHeader> header = Optional.empty();
    private Optional<MessageEntry> entry = Optional.empty();
    private boolean out;
    private Optional<LaterContent> later = Optional.empty();

    /** Reads the rest of a mail of which only the header is here. */
    @FunctionalInterface
    protected interface LaterContent {
        /**
         * Reads it.
         *
         * @throws IllegalStateException if that is not possible any more, and why
         */
        FetchedMail read();
    }

    /** Of no mail yet. */
    protected ReceivedProperties() {
        // Nothing is known.
    }

    /**
     * The mail as {@code emailBuildSource} built it, as it was received, or as it was set; empty before. Of
     * octets that are no UTF-8 each is a character.
     */
    public String getSource() {
        complete();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString();
        } catch (CharacterCodingException e) {
            return new String(source, StandardCharsets.ISO_8859_1);
        }
    }

    /** The same as the octets that travel; not to be changed. */
    public byte[] getSourceBytes() {
        complete();
        return source;
    }

    /** Sets the source, for {@code emailImportSource}: it is not what is sent. */
    public void setSource(String source) {
        complete();
        this.source = source == null ? NOTHING : source.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Whether the last function that read into this Email found no mail there: past either end, a number that is none,
     * or a mail that is deleted. Then everything else is as it was.
     */
    public boolean isOut() {
        return out;
    }

    /**
     * When the sender says to have sent the mail that was received; empty where it does not, or not in a known form.
     */
    public Optional<Instant> getDateSent() {
        return header.flatMap(ReceivedHeader::date);
    }

    /** When the server got the mail; empty with POP3, which does not tell. */
    public Optional<Instant> getDateReceived() {
        return entry.flatMap(MessageEntry::received);
    }

    /** The octets of the mail that was received, its whole size also where only its header was read; 0 before. */
    public long getSize() {
        return entry.map(MessageEntry::size).orElse(0L);
    }

    /** Whether the mail had been read before this time; false with POP3, which does not know. */
    public boolean isSeen() {
        return entry.map(MessageEntry::seen).orElse(false);
    }

    /**
     * What the server calls the mail as long as it exists, in whatever session: the UIDL of POP3, or {@code
     * UIDVALIDITY:UID} of IMAP. A program that remembers it reads no mail twice. Empty where there is none.
     */
    public String getServerIdentifier() {
        return entry.map(MessageEntry::identifier).orElse("");
    }

    /**
     * The first field of that name in the mail that was received or imported, decoded, on one line; empty = there is
     * none.
     */
    public String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    /** All fields of that name, in their order. */
    public List<String> headers(String name) {
        return header.map(fields -> fields.all(name)).orElse(List.of());
    }

    /** The Message-IDs of the mails before the one that was received, the oldest first, without angle brackets. */
    public List<String> getReferences() {
        return header.map(fields -> fields.identifiers("References")).orElse(List.of());
    }

    /** The Message-ID of the mail that the received one answers, without angle brackets; empty = none. */
    public String getInReplyTo() {
        return header.flatMap(fields -> fields.identifiers("In-Reply-To").stream().findFirst()).orElse("");
    }

    /** Becomes the mail that a listener was given; decoding never fails. */
    public final void readFrom(ReceivedMail mail) {
        received(new FetchedMail(mail.entry(), mail.source(), MailParser.parse(mail.source())));
    }

    /** Every property becomes that mail's. */
    protected abstract void received(FetchedMail mail);

    /** Only the header was read; the rest is to be read when somebody asks for it. */
    protected final void awaits(LaterContent rest) {
        later = Optional.of(rest);
    }

    /** Reads the rest, if it is still to be read; it stays so where that fails. */
    protected final void complete() {
        if (later.isPresent()) {
            FetchedMail whole = later.get().read();
            later = Optional.empty();
            source = whole.source();
            completedBy(whole);
        }
    }

    /** The rest has come: it fills what the header could not. */
    protected abstract void completedBy(FetchedMail whole);

    /** A mail was read. */
    protected final void fetched(FetchedMail mail) {
        later = Optional.empty();
        describedBy(mail.content());
        source = mail.source();
        entry = Optional.of(mail.entry());
    }

    /** The fields are those of this mail, of which no server knows anything. */
    protected final void describedBy(ParsedMail mail) {
        header = Optional.of(mail.header());
        entry = Optional.empty();
    }

    /** Whether the last reading found no mail. */
    protected final void foundNone(boolean none) {
        out = none;
    }

    /** The source was built. */
    protected final void source(byte[] octets) {
        later = Optional.empty();
        source = octets;
    }

    /** Of no mail, as at first. */
    protected void forget() {
        later = Optional.empty();
        source = NOTHING;
        header = Optional.empty();
        entry = Optional.empty();
        out = false;
    }
}
