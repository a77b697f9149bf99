package dev.mailroom.parsing;

import java.util.ArrayList;
import java.util.List;

/**
 * The mailboxes of a field (RFC 5322, section 3.4), read tolerantly: comments are names of those that have none, groups
 * are their members, source routes are dropped. Each is written {@code name <address>}, the name in quotes where it
 * needs them, or {@code address}.
 */
final class MailboxList {
    private static final int MOST = 10_000;
    private static final String SPECIAL = "()<>[]:;@\\,\".";

    private final String field;
    private final List<String> mailboxes = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private String address;
    private int at;

    private MailboxList(String field) {
        this.field = field;
    }

    static List<String> of(String field) {
        MailboxList list = new MailboxList(field);
        list.read();
        return list.mailboxes;
    }

    private void read() {
        while (at < field.length() && mailboxes.size() < MOST) {
            char c = field.charAt(at);
            switch (c) {
                case '"' -> words.append(address == null && nextIsAt() ? raw() : quoted());
                case '(' -> comment();
                case '<' -> address = angle();
                case '[' -> words.append(upTo(']'));
                case ',', ';' -> {
                    end();
                    at++;
                }
                case ':' -> {
                    // What stands before a colon names a group.
                    words.setLength(0);
                    at++;
                }
                // Programs are known to leave separators in encoded words as they are.
                case '=' -> plain(Math.max(at + 1, WordDecoding.end(field, at)));
                default -> plain(at + 1);
            }
        }
        end();
    }

    private void plain(int end) {
        words.append(field, at, end);
        at = end;
    }

    /** Whether the quotes that begin here are a local part. */
    private boolean nextIsAt() {
        int end = closing(at);
        return end + 1 < field.length() && field.charAt(end + 1) == '@';
    }

    private int closing(int from) {
        int i = from + 1;
        while (i < field.length() && field.charAt(i) != '"') {
            i += field.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i, field.length() - 1);
    }

    private String raw() {
        int end = closing(at) + 1;
        String text = field.substring(at, end);
        at = end;
        return text;
    }

    private String quoted() {
        StringBuilder text = new StringBuilder();
        int i = at + 1;
        for (; i < field.length() && field.charAt(i) != '"'; i++) {
            if (field.charAt(i) == '\\' && i + 1 < field.length()) {
                i++;
            }
            text.append(field.charAt(i));
        }
        at = i + 1;
        return text.toString();
    }

    private void comment() {
        int depth = 0;
        for (; at < field.length(); at++) {
            char c = field.charAt(at);
            if (c == '\\' && at + 1 < field.length()) {
                at++;
                comment.append(field.charAt(at));
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
                if (depth == 0) {
                    at++;
                    return;
                }
            } else {
                comment.append(c);
            }
        }
    }

    private String angle() {
        int i = at + 1;
        while (i < field.length() && field.charAt(i) != '>') {
            i = field.charAt(i) == '"' ? closing(i) + 1 : i + 1;
        }
        String inner = field.substring(at + 1, Math.min(i, field.length())).strip();
        at = i + 1;
        int route = inner.startsWith("@") ? inner.indexOf(':') : -1;
        return inner.substring(route + 1);
    }

    private String upTo(char end) {
        int to = field.indexOf(end, at);
        String text = field.substring(at, to < 0 ? field.length() : to + 1);
        at += text.length();
        return text;
    }

    private void end() {
        String name = address == null ? WordDecoding.decode(comment.toString()).strip()
                : WordDecoding.decode(words.toString()).strip();
        String mailbox = WordDecoding.oneLine(address == null ? words.toString().strip() : address);
        if (!mailbox.isEmpty() || !name.isEmpty()) {
            mailboxes.add(name.isEmpty() ? mailbox : name(name) + " <" + mailbox + ">");
        }
        words.setLength(0);
        comment.setLength(0);
        address = null;
    }

    private static String name(String name) {
        boolean plain = name.chars().noneMatch(c -> SPECIAL.indexOf(c) >= 0);
        return plain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
