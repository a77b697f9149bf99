package dev.mailroom.mime;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Which local parts and domains may travel: RFC 5321, section 4.1.2, with the characters of RFC 6531. */
final class AddressRule {
    private static final String ATEXT_MARKS = "!#$%&'*+-/=?^_`{|}~";
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?i)IPv6:([0-9a-f:.]*:[0-9a-f:.]*)");

    private AddressRule() {
    }

    /** What is wrong with a local part; empty if nothing is. */
    static String wrongLocal(String local) {
        if (octets(local) > 64) {
            return "has a local part longer than 64 octets";
        }
        if (local.charAt(0) == '"') {
            return wrongQuoted(local);
        }
        char before = '.';
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c == '.' ? before == '.' : !(isLetterOrDigit(c) || ATEXT_MARKS.indexOf(c) >= 0 || c > 127)) {
                return "has " + PrintableValue.quoted(String.valueOf(c)) + " where its local part must not have it";
            }
            before = c;
        }
        return before == '.' ? "has a local part that ends with a dot" : wrongUnicode(local);
    }

    private static String wrongQuoted(String local) {
        int i = 1;
        for (; i < local.length() && local.charAt(i) != '"'; i++) {
            char c = local.charAt(i);
            // Angle brackets would be legal, but nobody needs them, and careless servers end the path at them.
            if (c < ' ' || c == 127 || c == '<' || c == '>') {
                return "has a character in its quoted local part that no path may carry";
            }
            if (c == '\\' && (++i == local.length() || local.charAt(i) < ' ' || local.charAt(i) > 126
                    || local.charAt(i) == '<' || local.charAt(i) == '>')) {
                return "has a backslash in its local part that quotes nothing";
            }
        }
        if (i != local.length() - 1 || i == 1) {
            return "has a local part whose double quotes do not match or hold nothing";
        }
        return wrongUnicode(local);
    }

    /** What is wrong with an ASCII domain or an address literal; empty if nothing is, or the domain is not ASCII. */
    static String wrongDomain(String domain) {
        if (domain.isEmpty()) {
            return "has no domain";
        }
        if (domain.charAt(0) == '[') {
            boolean closed = domain.length() > 2 && domain.endsWith("]");
            return closed && isLiteral(domain.substring(1, domain.length() - 1)) ? "" : "has a bad address literal";
        }
        if (!isAscii(domain)) {
            // InternationalDomain checks it.
            return "";
        }
        for (int start = 0, end; start <= domain.length(); start = end + 1) {
            int dot = domain.indexOf('.', start);
            end = dot < 0 ? domain.length() : dot;
            String wrong = wrongLabel(domain, start, end);
            if (!wrong.isEmpty()) {
                return wrong;
            }
        }
        return domain.length() > 255 ? "has a domain longer than 255 octets" : "";
    }

    private static String wrongLabel(String domain, int start, int end) {
        if (start == end || end - start > 63) {
            return "has a domain with a label that is empty or longer than 63 characters";
        }
        for (int i = start; i < end; i++) {
            char c = domain.charAt(i);
            boolean edge = i == start || i == end - 1;
            if (!isLetterOrDigit(c) && !(c == '-' && !edge)) {
                return "has " + PrintableValue.quoted(String.valueOf(c)) + " where its domain must not have it";
            }
        }
        return "";
    }

    private static boolean isLiteral(String literal) {
        var six = IPV6.matcher(literal);
        if (!six.matches()) {
            return IPV4.matcher(literal).matches();
        }
        try {
            // A text with a colon is never looked up: it is an IPv6 address or an error.
            InetAddress.getByName(six.group(1));
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Characters beyond ASCII that nobody can see, tell apart, or that are no characters at all. */
    private static String wrongUnicode(String text) {
        if (isAscii(text)) {
            return "";
        }
        boolean bad = text.codePoints().filter(c -> c > 127).anyMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        });
        return bad ? "has an invisible character" : "";
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    static int octets(String text) {
        return isAscii(text) ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
