package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One header field, ready to be written: {@code name: value}.
 *
 * @param name ASCII letters, digits and hyphens
 * @param value encoded; a line end in it is a fold: CRLF in front of white space
 */
public record HeaderField(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");

    /** The last check of the header: even if an earlier check missed something, no value can end its own field. */
    public HeaderField {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean fold = c == '\r' && i + 2 < value.length() && value.charAt(i + 1) == '\n'
                    && (value.charAt(i + 2) == ' ' || value.charAt(i + 2) == '\t');
            if (fold) {
                i += 2;
            } else if (c == '\r' || c == '\n' || c == '\0') {
                throw new DraftException(Part.EXTRA_FIELD,
                        PrintableValue.quoted(name + ": " + value) + " contains CR, LF or NUL; a field is one line");
            }
        }
    }

    /**
     * Makes a field out of any text of one line: encoded and folded.
     *
     * @throws DraftException when the name is no field name, or the text does not fit on one line
     */
    public static HeaderField of(String name, String text) {
        if (!NAME.matcher(name).matches()) {
            throw new DraftException(Part.EXTRA_FIELD, PrintableValue.quoted(name)
                    + " is not the name of a header field; expected letters, digits and hyphens");
        }
        String wrong = HeaderValueRule.wrong(text);
        if (!wrong.isEmpty()) {
            throw new DraftException(Part.EXTRA_FIELD, name + " " + PrintableValue.quoted(text) + " " + wrong);
        }
        return new HeaderField(name, FieldValues.text(name, text));
    }

    /**
     * A Message-ID without its angle brackets.
     *
     * @throws DraftException when it is none
     */
    public static String messageId(String given) {
        return MessageIds.checked(given);
    }

    /**
     * Makes a field out of Message-IDs, a line for each.
     *
     * @throws DraftException when one of them is none
     */
    public static HeaderField ofMessageIds(String name, List<String> ids) {
        return new HeaderField(name, ids.stream().map(id -> "<" + MessageIds.checked(id) + ">")
                .collect(Collectors.joining("\r\n ")));
    }

    /**
     * Makes a field out of mailboxes.
     *
     * @param part where the mailboxes come from, for the exception
     * @throws DraftException when one of them is none
     */
    public static HeaderField ofMailboxes(String name, Part part, List<String> mailboxes) {
        List<Mailbox> parsed = new ArrayList<>(mailboxes.size());
        for (int i = 0; i < mailboxes.size(); i++) {
            parsed.add(MailboxParser.parse(part, mailboxes.size() == 1 ? -1 : i, mailboxes.get(i)));
        }
        return new HeaderField(name, FieldValues.mailboxes(name, parsed));
    }
}
