package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;

/** Checked values as header fields: encoded, quoted, folded. Equal to what Jakarta Mail's own setters make of them. */
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
        return Folding.fold(used, EncodedWords.encode(text, false));
    }

    /**
     * A list of mailboxes.
     *
     * @throws DraftException when another reader would see other addresses in the field than the envelope has
     */
    static String mailboxes(String name, Part part, List<Mailbox> mailboxes) {
        StringBuilder value = new StringBuilder(mailboxes.size() * 40);
        int column = name.length() + 2;
        boolean delicate = false;
        for (Mailbox mailbox : mailboxes) {
            if (value.length() > 0) {
                value.append(", ");
                column += 2;
            }
            String entry = Folding.fold(0, mailbox(mailbox));
            delicate |= entry.indexOf('"') >= 0 || entry.indexOf('[') >= 0;
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
        String field = value.toString();
        if (delicate) {
            checkReadsTheSame(part, field, mailboxes);
        }
        return field;
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
            return EncodedWords.encode(name, true);
        }
        if (!containsAny(name, PHRASE_SPECIALS)) {
            return Folding.tooLong(0, Folding.fold(0, name)) ? EncodedWords.encode(name, true) : name;
        }
        String quoted = "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return Folding.tooLong(0, Folding.fold(0, quoted)) ? EncodedWords.encode(name, true) : quoted;
    }

    // Quoting and literals are where parsers have disagreed (CVE-2025-13033, CVE-2025-59937): a field that uses them
    // is read again by the other parser at hand. All other fields hold nothing that could be read in two ways.
    private static void checkReadsTheSame(Part part, String field, List<Mailbox> mailboxes) {
        try {
            InternetAddress[] read = InternetAddress.parseHeader(field, true);
            boolean same = read.length == mailboxes.size();
            for (int i = 0; same && i < read.length; i++) {
                same = read[i].getAddress().equals(mailboxes.get(i).address());
            }
            if (same) {
                return;
            }
        } catch (AddressException e) {
            throw new DraftException(part, "cannot be written so that every reader sees the same addresses: "
                    + Visible.quoted(field) + ", " + e.getMessage());
        }
        throw new DraftException(part, "cannot be written so that every reader sees the same addresses: "
                + Visible.quoted(field));
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
