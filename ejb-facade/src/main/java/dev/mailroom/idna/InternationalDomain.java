package dev.mailroom.idna;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;

/**
 * A domain in both its forms.
 *
 * @param ascii every label an A-label or plain ASCII: what DNS and every mail server understand
 * @param unicode every label as people write it, in lower case, usual width and NFC; labels given as A-labels stay such
 */
public record InternationalDomain(String ascii, String unicode) {
    private static final String A_LABEL = "xn--";
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST = 253;
    /** Longer than any valid label: expensive checks are made for shorter ones only. */
    private static final int LONGEST_GIVEN = 1_000;

    /**
     * Maps, checks and encodes a domain. ASCII labels are taken as they are, in lower case; A-labels among them must be
     * such, see {@link #checkGiven}.
     *
     * @param domain labels with single full stops between them
     * @throws IllegalArgumentException saying what is wrong, to be read behind the domain's owner: "has …"
     */
    public static InternationalDomain of(String domain) {
        if (domain.length() > LONGEST_GIVEN) {
            throw new IllegalArgumentException("has a domain that is too long");
        }
        String[] labels = mapped(domain).split("\\.", -1);
        boolean bidi = false;
        for (String label : labels) {
            bidi |= BidiRule.concerns(label.codePoints().toArray());
        }
        StringBuilder ascii = new StringBuilder(domain.length() + 16);
        for (String label : labels) {
            checkGiven(label);
            ascii.append(ascii.length() == 0 ? "" : ".").append(encoded(label, bidi));
        }
        if (ascii.length() > LONGEST) {
            throw new IllegalArgumentException("has a domain of more than " + LONGEST + " octets in its ASCII form "
                    + ascii);
        }
        return new InternationalDomain(ascii.toString(), String.join(".", labels));
    }

    /**
     * Checks the A-labels of a domain that is given in ASCII: each must be the encoding of a label beyond ASCII (RFC
     * 5890, section 2.3.2.1) that people can see. Which visible characters it has is its registry's business: there are
     * domains of IDNA 2003, with symbols, that we would not encode.
     *
     * @throws IllegalArgumentException saying which label is none, to be read behind the domain's owner
     */
    public static void checkGiven(String domain) {
        for (int start = 0; start < domain.length();) {
            int dot = domain.indexOf('.', start);
            int end = dot < 0 ? domain.length() : dot;
            if (domain.regionMatches(true, start, A_LABEL, 0, A_LABEL.length())) {
                checkALabel(domain.substring(start, end).toLowerCase(Locale.ROOT));
            }
            start = end + 1;
        }
    }

    private static void checkALabel(String label) {
        try {
            String decoded = Punycode.decode(label.substring(A_LABEL.length()));
            boolean same = decoded.chars().anyMatch(c -> c > 127) && mapped(decoded).equals(decoded)
                    && label.equals(A_LABEL + Punycode.encode(decoded.codePoints().toArray()));
            if (same && decoded.codePoints().allMatch(CodePoints::isVisible)) {
                return;
            }
        } catch (IllegalArgumentException none) {
            // Told below.
        }
        throw new IllegalArgumentException("has the label \"" + label + "\" in its domain, which begins as an encoded "
                + "one (RFC 5890) but is the encoding of no label; write the domain with its own letters");
    }

    /** As RFC 5895 says: lower case, full and half width as usual, the ideographic full stop as a full stop, NFC. */
    private static String mapped(String domain) {
        StringBuilder lower = new StringBuilder(domain.length());
        domain.codePoints().forEach(c -> lower.append(CodePoints.mapped(c)));
        return Normalizer.normalize(lower, Form.NFC);
    }

    private static String encoded(String label, boolean bidi) {
        int[] points = label.codePoints().toArray();
        if (points.length == 0) {
            throw new IllegalArgumentException("has a domain with an empty label");
        }
        boolean ascii = label.chars().allMatch(c -> c < 128);
        check(label, points, ascii);
        if (bidi && !BidiRule.keptBy(points)) {
            throw new IllegalArgumentException("has the label \"" + label + "\" in its domain, which mixes directions"
                    + " of writing in a way that can be read as another domain (RFC 5893)");
        }
        String encoded = ascii ? label : A_LABEL + Punycode.encode(points);
        if (encoded.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException("has a domain with a label of more than " + LONGEST_LABEL
                    + " octets in its ASCII form " + encoded);
        }
        return encoded;
    }

    private static void check(String label, int[] points, boolean ascii) {
        boolean hyphens = points[0] == '-' || points[points.length - 1] == '-'
                || label.startsWith("--", 2) && !(ascii && label.startsWith("xn"));
        if (hyphens) {
            throw new IllegalArgumentException("has a domain with hyphens where a label must not have them");
        }
        if (isMark(points[0])) {
            throw new IllegalArgumentException("has a domain with a label that begins with a combining mark");
        }
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (!CodePoints.isValid(c)) {
                throw new IllegalArgumentException(String.format("has U+%04X (%s) where its domain must not have it;"
                        + " IDNA 2008 knows letters, digits and hyphens", c, Character.getName(c)));
            }
            boolean joiner = c == CodePoints.ZERO_WIDTH_JOINER || c == CodePoints.ZERO_WIDTH_NON_JOINER;
            if (joiner && !Joiners.allowed(points, i)) {
                throw new IllegalArgumentException(String.format("has U+%04X (%s) in its domain where it is"
                        + " invisible", c, Character.getName(c)));
            }
        }
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
