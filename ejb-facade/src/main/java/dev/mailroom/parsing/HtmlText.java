package dev.mailroom.parsing;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The text of HTML, for who has no better: tags are dropped, blocks are lines. In no way safe to be shown as HTML. */
public final class HtmlText {
    private static final Set<String> BLOCKS = Set.of("p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2",
            "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "section", "article", "header", "footer");
    private static final Set<String> HIDDEN = Set.of("script", "style", "head", "title", "noscript", "template");
    private static final Map<String, String> ENTITIES = Map.ofEntries(Map.entry("amp", "&"), Map.entry("lt", "<"),
            Map.entry("gt", ">"), Map.entry("quot", "\""), Map.entry("apos", "'"), Map.entry("nbsp", " "),
            Map.entry("euro", "\u20ac"), Map.entry("copy", "\u00a9"), Map.entry("auml", "\u00e4"),
            Map.entry("ouml", "\u00f6"), Map.entry("uuml", "\u00fc"), Map.entry("Auml", "\u00c4"),
            Map.entry("Ouml", "\u00d6"), Map.entry("Uuml", "\u00dc"), Map.entry("szlig", "\u00df"),
            Map.entry("eacute", "\u00e9"), Map.entry("egrave", "\u00e8"), Map.entry("agrave", "\u00e0"),
            Map.entry("ccedil", "\u00e7"), Map.entry("hellip", "\u2026"), Map.entry("ndash", "\u2013"),
            Map.entry("mdash", "\u2014"), Map.entry("rsquo", "\u2019"), Map.entry("lsquo", "\u2018"));
    private static final int LONGEST_ENTITY = 12;

    private final String html;
    private final StringBuilder text = new StringBuilder();
    private int at;

    private HtmlText(String html) {
        this.html = html;
    }

    /** Its text; lines end with LF. Never throws; takes time proportional to the length. */
    public static String of(String html) {
        HtmlText reader = new HtmlText(html);
        reader.read();
        return reader.text.toString().replaceAll("[ \\t]*\\n[ \\t]*", "\n").replaceAll("\\n{3,}", "\n\n").strip();
    }

    private void read() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<' && at + 1 < html.length() && isTag(html.charAt(at + 1))) {
                tag();
            } else if (c == '&') {
                entity();
            } else {
                boolean space = Character.isWhitespace(c);
                if (!space || text.length() > 0 && !Character.isWhitespace(text.charAt(text.length() - 1))) {
                    text.append(space ? ' ' : c);
                }
                at++;
            }
        }
    }

    private static boolean isTag(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '/' || c == '!' || c == '?';
    }

    private void tag() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return;
        }
        int end = html.indexOf('>', at);
        String inner = html.substring(at + 1, end < 0 ? html.length() : end);
        at = end < 0 ? html.length() : end + 1;
        String name = inner.replaceFirst("(?s)^/?([A-Za-z0-9]*+).*", "$1").toLowerCase(Locale.ROOT);
        if (BLOCKS.contains(name)) {
            text.append('\n');
        }
        if (HIDDEN.contains(name) && !inner.startsWith("/") && !inner.endsWith("/")) {
            skip(name);
        }
    }

    private void skip(String name) {
        String end = "</" + name;
        int i = at;
        while (i < html.length() && !html.regionMatches(true, i, end, 0, end.length())) {
            int next = html.indexOf('<', i + 1);
            i = next < 0 ? html.length() : next;
        }
        at = i;
    }

    private void entity() {
        int end = html.indexOf(';', at);
        String name = end > at && end - at <= LONGEST_ENTITY ? html.substring(at + 1, end) : "";
        String named = name.matches("#[0-9]{1,7}") ? character(name.substring(1), 10)
                : name.matches("#[xX][0-9A-Fa-f]{1,6}") ? character(name.substring(2), 16) : ENTITIES.get(name);
        text.append(named == null ? "&" : named);
        at = named == null ? at + 1 : end + 1;
    }

    private static String character(String digits, int radix) {
        int code = Integer.parseInt(digits, radix);
        boolean shown = Character.isValidCodePoint(code) && code != 0 && Character.getType(code) != Character.SURROGATE;
        return shown ? Character.toString(code) : "\ufffd";
    }
}
