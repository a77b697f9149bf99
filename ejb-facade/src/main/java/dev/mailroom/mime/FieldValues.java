package dev.mailroom.mime;

import java.util.List;

/**
 * Checked values as header fields: encoded, quoted, folded. Equal to what Jakarta Mail's own setters make of them, with
 * two exceptions: the first encoded word of a text leaves room for the field's name, so that no line has more than 76
 * characters (RFC 2047, section 2), and a name with white space that readers would collapse stands in quotes.
 */
final class FieldValues {
    private static final String PHRASE_SPECIALS = "()<>@,;:\\\".[]";
    private static final String ADDRESS_SPECIALS = "()<>,;:\\\"[]";

    private FieldValues() {
    }

    /** Any text of one line. */
    static String text(String name, String text) {
        int used = name.length() + 2;
        if (EncodedWords.isPlain(text)) {
            String folded = Folding.fold(used, text);
            if (!Folding.tooLong(used, folded)) {
                return folded;
            }
        }
        if (used > EncodedWords.MOST_USED) {
            return "\r\n " + Folding.fold(1, EncodedWords.encode(text, false, 1));
        }
        return Folding.fold(used, EncodedWords.encode(text, false, used));
    }

    /** A list of mailboxes. */
    static String mailboxes(String name, List<Mailbox> mailboxes) {
        StringBuilder value = new StringBuilder(mailboxes.size() * 40);
        int column = name.length() + 2;
        for (Mailbox mailbox : mailboxes) {
            if (value.length() > 0) {
                value.append(", ");
                column += 2;
            }
            String entry = Folding.fold(0, mailbox(mailbox));
            int firstEnd = entry.indexOf("\r\n");
            if (column + (firstEnd < 0 ? entry.length() : firstEnd) > 76) {
                if (value.length() > 0) {
                    value.setLength(value.length() - 1);
                }
                value.append("\r\n\t");
                column = 8;
            }
            value.append(entry);
            int lastEnd = entry.lastIndexOf("\r\n");
            column = lastEnd < 0 ? column + entry.length() : entry.length() - lastEnd - 2;
        }
        return value.toString();
    }

    private static String mailbox(Mailbox mailbox) {
        String address = mailbox.address();
        if (!mailbox.name().isEmpty()) {
            return phrase(mailbox.name()) + " <" + address + ">";
        }
        return containsAny(address, ADDRESS_SPECIALS) ? "<" + address + ">" : address;
    }

    private static String phrase(String name) {
        if (!EncodedWords.isPlain(name)) {
            return EncodedWords.encode(name, true, 1);
        }
        String phrase = name;
        if (containsAny(name, PHRASE_SPECIALS) || collapses(name)) {
            phrase = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        }
        return Folding.tooLong(0, Folding.fold(0, phrase)) ? EncodedWords.encode(name, true, 1) : phrase;
    }

    /** Whether white space of the name would be lost outside of quotes. */
    private static boolean collapses(String name) {
        return name.startsWith(" ") || name.endsWith(" ") || name.contains("  ");
    }

    private static boolean containsAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
