package dev.mailroom.receiving;

import java.util.Locale;
import java.util.Set;

/**
 * A folder of an IMAP mailbox.
 *
 * @param name as all operations take it
 * @param separator stands between the names of folders within each other; empty = there are none
 * @param attributes as the server wrote them, such as {@code \\HasNoChildren}, and of special uses {@code \\Sent},
 *     {@code \\Trash}, {@code \\Drafts}, {@code \\Junk}, {@code \\Archive} (RFC 6154)
 */
public record MailFolder(String name, String separator, Set<String> attributes) {
    /** Copies the attributes. */
    public MailFolder {
        attributes = Set.copyOf(attributes);
    }

    /** Whether it has that attribute, whatever its case, as in {@code folder.is("\\Sent")}. */
    public boolean is(String attribute) {
        return attributes.stream().anyMatch(one -> one.equalsIgnoreCase(attribute));
    }

    /** Whether it can be opened: some only hold others. */
    public boolean selectable() {
        return attributes.stream().map(one -> one.toLowerCase(Locale.ROOT))
                .noneMatch(one -> one.equals("\\noselect") || one.equals("\\nonexistent"));
    }
}
