package dev.mailroom.facade.fields;

import dev.mailroom.mime.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Header fields of a mail that is to be sent, beside the usual ones. Each setter checks its value at once. Not
 * thread-safe. A null text is an empty one.
 */
public final class EmailFields {
    /** Fields that an application may add. */
    public static final int MOST = 100;
    /** Message-IDs in References: a longer thread keeps its first and its latest. */
    public static final int MOST_REFERENCES = 50;
    private static final int LONGEST_VALUE = 8_192;
    private static final Set<String> AUTO_SUBMITTED = Set.of("no", "auto-generated", "auto-replied", "auto-notified");

    /**
     * A field of the application's own.
     *
     * @param name letters, digits and hyphens
     * @param value one line of any characters, as a person reads it
     */
    public record OwnField(String name, String value) {
    }

    private final List<OwnField> own = new ArrayList<>();
    private final List<HeaderField> ownWritten = new ArrayList<>();
    private String inReplyTo = "";
    private List<String> references = List.of();
    private String autoSubmitted = "";
    private String unsubscribeUrl = "";
    private String unsubscribeMailto = "";

    /**
     * Adds a field, also where there is one of that name. Characters beyond ASCII are encoded (RFC 2047), long values
     * folded.
     *
     * @throws IllegalArgumentException if it is no name, one that the envelope, servers or Mailroom write, there are
     *     {@value #MOST} already, or the value has more than one line or 8,192 characters
     */
    public void add(String name, String value) {
        FieldNames.wrong(name).ifPresent(why -> {
            throw new IllegalArgumentException("the header field \"" + String.valueOf(name)
                    .replaceAll("\\p{Cntrl}", "?") + "\" " + why);
        });
        String text = orEmpty(value);
        if (own.size() == MOST) {
            throw new IllegalArgumentException("the mail has " + MOST + " header fields of its own; it may not have"
                    + " more");
        }
        if (text.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException("the header field " + name + " has " + text.length()
                    + " characters; it may have " + LONGEST_VALUE);
        }
        ownWritten.add(HeaderField.of(name, text));
        own.add(new OwnField(name, text));
    }

    /** The fields that were added, in their order. */
    public List<OwnField> getOwn() {
        return List.copyOf(own);
    }

    /** The Message-ID of the mail that this one answers, without angle brackets; empty = none. */
    public String getInReplyTo() {
        return inReplyTo;
    }

    /**
     * Sets In-Reply-To (RFC 5322, section 3.6.4).
     *
     * @throws IllegalArgumentException if it is no Message-ID
     */
    public void setInReplyTo(String messageId) {
        inReplyTo = orEmpty(messageId).isEmpty() ? "" : HeaderField.messageId(messageId);
    }

    /** The Message-IDs of the mails before this one, the oldest first, without angle brackets. */
    public List<String> getReferences() {
        return references;
    }

    /**
     * Sets References (RFC 5322, section 3.6.4); of more than {@value #MOST_REFERENCES} the first and the latest stay.
     *
     * @throws IllegalArgumentException if one is no Message-ID
     */
    public void setReferences(List<String> messageIds) {
        List<String> all = messageIds == null ? List.of()
                : messageIds.stream().map(EmailFields::orEmpty).map(HeaderField::messageId).toList();
        if (all.size() > MOST_REFERENCES) {
            List<String> shorter = new ArrayList<>(all.subList(0, 1));
            shorter.addAll(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
            all = shorter;
        }
        references = List.copyOf(all);
    }

    /** Whether a person has written the mail; empty = it is not said. */
    public String getAutoSubmitted() {
        return autoSubmitted;
    }

    /**
     * Sets Auto-Submitted (RFC 3834, section 5), which keeps vacation programs from answering.
     *
     * @param kind {@code auto-generated}, {@code auto-replied}, {@code auto-notified} or {@code no}; empty = not said
     * @throws IllegalArgumentException if it is something else
     */
    public void setAutoSubmitted(String kind) {
        String word = orEmpty(kind);
        if (!word.isEmpty() && !AUTO_SUBMITTED.contains(word)) {
            throw new IllegalArgumentException("Auto-Submitted is \"" + word.replaceAll("\\p{Cntrl}", "?")
                    + "\"; expected auto-generated, auto-replied, auto-notified or no");
        }
        autoSubmitted = word;
    }

    /**
     * Tells how to leave the list: List-Unsubscribe (RFC 2369) and, where there is a URL, List-Unsubscribe-Post (RFC
     * 8058): one POST to it, without a login, must unsubscribe who got the mail. Receivers believe it only of a mail
     * with a DKIM signature over both.
     *
     * @param url {@code https://…}, not the same for any two recipients; empty = none
     * @param mailto an address, or {@code mailto:address?subject=…}; empty = none. Both empty = not said
     * @throws IllegalArgumentException naming what is wrong
     */
    public void unsubscribe(String url, String mailto) {
        UnsubscribeFields.of(orEmpty(url), orEmpty(mailto));
        unsubscribeUrl = orEmpty(url);
        unsubscribeMailto = orEmpty(mailto);
    }

    /** The URL that unsubscribes; empty = none. */
    public String getUnsubscribeUrl() {
        return unsubscribeUrl;
    }

    /** Where a mail unsubscribes; empty = none. */
    public String getUnsubscribeMailto() {
        return unsubscribeMailto;
    }

    /** All of them, ready for the header. */
    public List<HeaderField> written() {
        List<HeaderField> fields = new ArrayList<>(own.size() + 5);
        if (!inReplyTo.isEmpty()) {
            fields.add(HeaderField.ofMessageIds("In-Reply-To", List.of(inReplyTo)));
        }
        if (!references.isEmpty()) {
            fields.add(HeaderField.ofMessageIds("References", references));
        }
        if (!autoSubmitted.isEmpty()) {
            fields.add(new HeaderField("Auto-Submitted", autoSubmitted));
        }
        fields.addAll(UnsubscribeFields.of(unsubscribeUrl, unsubscribeMailto));
        fields.addAll(ownWritten);
        return fields;
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }
}
