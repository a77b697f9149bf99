package dev.mailroom.sevenbit;

import java.util.ArrayList;
import java.util.List;

/**
 * A line between the parts of a multipart (RFC 2046, section 5.1.1). The line end in front of it belongs to it.
 *
 * @param from its first octet
 * @param to behind its last line end
 * @param last whether no part follows
 */
record Delimiter(int from, int to, boolean last) {

    /** One or more; only the last of them may be the last. */
    static List<Delimiter> all(Octets octets, int from, int to, DeclaredType type) throws UnencodableException {
        if (type.boundary().isEmpty()) {
            throw new UnencodableException("a multipart has no boundary; correct its Content-Type");
        }
        String line = "--" + type.boundary();
        List<Delimiter> found = new ArrayList<>();
        int before = from;
        for (int at = from; at < to;) {
            int end = octets.lineEnd(at, to);
            int next = octets.nextLine(end, to);
            String text = octets.bytes[at] == '-' ? octets.text(at, end).stripTrailing() : "";
            boolean last = text.equals(line + "--");
            if (last || text.equals(line)) {
                found.add(new Delimiter(before, next, last));
                if (last) {
                    return found;
                }
                // Should another delimiter follow at once, there is no line end left for it.
                before = next;
            } else {
                before = end;
            }
            at = next;
        }
        if (found.isEmpty()) {
            throw new UnencodableException("a multipart does not contain its boundary; correct it");
        }
        return found;
    }
}
