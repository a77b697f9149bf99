package dev.mailroom.parsing;

/**
 * How much of a mail is taken apart; what lies beyond stays together as an attachment, or is left out of the header.
 *
 * @param depth multiparts within multiparts; 1 or more
 * @param parts parts altogether; 1 or more
 * @param headerOctets octets of one header; 1 or more
 * @param textOctets octets of one text as it travelled, a longer one is an attachment; 1 or more
 */
public record ParsingLimits(int depth, int parts, int headerOctets, int textOctets) {
    /** More than any honest mail has. */
    public static final ParsingLimits DEFAULTS = new ParsingLimits(30, 1_000, 256 * 1024, 16 << 20);

    /** Checks every value. */
    public ParsingLimits {
        if (depth < 1 || parts < 1 || headerOctets < 1 || textOctets < 1) {
            throw new IllegalArgumentException("every limit of parsing must be 1 or more");
        }
    }
}
