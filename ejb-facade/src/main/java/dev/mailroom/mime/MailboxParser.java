package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;

/**
 * Reads exactly one mailbox out of a string, {@code name <address>} or {@code address}. Stricter than RFC 5322 where
 * its leniency lets two readers see two different addresses: no comments, no groups, no source routes, no white space
 * inside an address, and a name with a character that separates addresses must stand in double quotes. What passes is
 * written so that every reader sees the same address; no other parser is used.
 */
final class MailboxParser {
    private static final String EXPECTED = "; expected one \"name <address>\" or \"address\"";

    private final Part part;
    private final int index;
    private final String value;

    private MailboxParser(Part part, int index, String value) {
        this.part = part;
        this.index = index;
        this.value = value;
    }

    /**
     * Parses.
     *
     * @param index the position in its list, negative if there is none; for the message only
     * @throws DraftException naming part, position and value
     */
    static Mailbox parse(Part part, int index, String value) {
        return new MailboxParser(part, index, value).mailbox();
    }

    private Mailbox mailbox() {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw bad("contains a control character (CR, LF, NUL …)");
            }
            if (Character.isSurrogate(c)) {
                if (HeaderValueRule.isHalf(value, i)) {
                    throw bad(HeaderValueRule.half(value, i));
                }
                i++;
            }
        }
        String entry = value.strip();
        if (entry.isEmpty()) {
            throw bad("is blank");
        }
        if (!entry.endsWith(">")) {
            return address("", entry);
        }
        int open = entry.lastIndexOf('<');
        if (open < 0) {
            throw bad("has a \">\" without a \"<\"");
        }
        return address(name(entry.substring(0, open).strip()), entry.substring(open + 1, entry.length() - 1));
    }

    private String name(String raw) {
        if (raw.startsWith("\"")) {
            return quotedName(raw);
        }
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if ("<>\"@,;:\\".indexOf(c) >= 0) {
                throw bad("has '" + c + "' in its name; put the name in double quotes, and each address in an entry"
                        + " of its own");
            }
        }
        return raw;
    }

    private String quotedName(String raw) {
        StringBuilder name = new StringBuilder(raw.length());
        int i = 1;
        for (; i < raw.length() && raw.charAt(i) != '"'; i++) {
            if (raw.charAt(i) == '\\' && ++i == raw.length()) {
                break;
            }
            name.append(raw.charAt(i));
        }
        if (i != raw.length() - 1) {
            throw bad("has a name whose double quotes do not match");
        }
        return name.toString();
    }

    private Mailbox address(String name, String address) {
        if (holdsSeparator(address)) {
            throw bad("holds a list or a group; one address an entry, please");
        }
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw bad("has no local part in front of an \"@\"");
        }
        String local = address.substring(0, at);
        String wrong = AddressRule.wrongLocal(local);
        if (!wrong.isEmpty()) {
            throw bad(wrong);
        }
        String given = address.substring(at + 1);
        wrong = AddressRule.wrongDomain(given);
        if (!wrong.isEmpty()) {
            throw bad(wrong);
        }
        String domain = travelling(given, AddressRule.isAscii(local));
        if (AddressRule.octets(local) + 1 + AddressRule.octets(domain) > 254) {
            throw bad("is longer than the 254 octets of RFC 5321, section 4.5.3.1.3");
        }
        return new Mailbox(name, domain.equals(given) ? address : local + "@" + domain);
    }

    private String travelling(String domain, boolean asciiLocal) {
        try {
            return Domains.travelling(domain, asciiLocal);
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage());
        }
    }

    private static boolean holdsSeparator(String address) {
        boolean quoted = false;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == ';')) {
                return true;
            }
        }
        return false;
    }

    private DraftException bad(String why) {
        return new DraftException(part, index, PrintableValue.quoted(value) + " " + why + EXPECTED);
    }
}
