package dev.mailroom.facade.fields;

import dev.mailroom.mime.HeaderField;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** List-Unsubscribe (RFC 2369, section 3.2) and List-Unsubscribe-Post (RFC 8058). */
final class UnsubscribeFields {
    /** A line may have 998 characters (RFC 5322, section 2.1.1), and a URI is never folded. */
    private static final int LONGEST = 900;

    private UnsubscribeFields() {
    }

    /**
     * The fields; none where both are empty.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static List<HeaderField> of(String url, String mailto) {
        List<String> ways = new ArrayList<>(2);
        List<HeaderField> fields = new ArrayList<>(2);
        if (!url.isEmpty()) {
            ways.add(checked("Url", url, "https"));
        }
        if (!mailto.isEmpty()) {
            String address = mailto.regionMatches(true, 0, "mailto:", 0, "mailto:".length()) ? mailto
                    : "mailto:" + mailto;
            ways.add(checked("Mailto", address, "mailto"));
        }
        if (ways.isEmpty()) {
            return List.of();
        }
        fields.add(new HeaderField("List-Unsubscribe", "<" + String.join(">,\r\n <", ways) + ">"));
        if (!url.isEmpty()) {
            // Section 3.1: only where there is an HTTPS URI, which takes the POST.
            fields.add(new HeaderField("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        return fields;
    }

    private static String checked(String what, String uri, String scheme) {
        boolean printable = uri.length() <= LONGEST
                && uri.chars().allMatch(c -> c > ' ' && c < 127 && "<>\"\\^`{|}".indexOf(c) < 0);
        if (!printable || uri.indexOf(',') >= 0) {
            throw bad(what, uri, "must have at most " + LONGEST + " characters of ASCII without spaces, commas, quotes"
                    + " and brackets; write others as %20, %2C and so on");
        }
        URI parsed;
        try {
            parsed = URI.create(uri);
        } catch (IllegalArgumentException e) {
            throw bad(what, uri, "is no URI: " + e.getMessage());
        }
        boolean web = scheme.equals("https");
        if (!scheme.equals(String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT))
                || web && (parsed.getHost() == null || parsed.getRawUserInfo() != null)
                || !web && !parsed.getRawSchemeSpecificPart().matches("[^?@]+@[^?@]+(\\?.*)?")) {
            throw bad(what, uri, web ? "must be https://host/…, where one POST unsubscribes (RFC 8058)"
                    : "must be an address, or mailto:address?subject=…");
        }
        return uri;
    }

    private static IllegalArgumentException bad(String what, String value, String problem) {
        return new IllegalArgumentException("unsubscribe: <" + what + "> \"" + value.replaceAll("\\p{Cntrl}", "?")
                + "\" " + problem);
    }
}
