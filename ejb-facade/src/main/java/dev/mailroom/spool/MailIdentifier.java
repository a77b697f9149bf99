package dev.mailroom.spool;

/**
 * The number of a spooled mail, and the same as text. The text has a check letter, so that a mistyped one is noticed
 * instead of meaning another mail.
 *
 * @param number 1 or more
 */
public record MailIdentifier(long number) {
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    /** Checks the number. */
    public MailIdentifier {
        if (number < 1) {
            throw new IllegalArgumentException("a mail identifier is 1 or more, was " + number);
        }
    }

    /**
     * Reads what {@link #toString} wrote, in upper or lower case; a bare number is understood as well.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static MailIdentifier parse(String text) {
        String plain = text.strip();
        String digits = plain.matches("[mM]-\\d{1,18}-[A-Za-z]") ? plain.substring(2, plain.length() - 2) : plain;
        if (!digits.matches("\\d{1,18}") || Long.parseLong(digits) == 0) {
            throw new IllegalArgumentException(
                    "\"" + plain.replaceAll("\\p{Cntrl}", "?") + "\" is no mail identifier like M-17-N or 17");
        }
        var identifier = new MailIdentifier(Long.parseLong(digits));
        if (!digits.equals(plain) && !identifier.toString().equalsIgnoreCase(plain)) {
            throw new IllegalArgumentException("the mail identifier \"" + plain + "\" is mistyped: wrong letter");
        }
        return identifier;
    }

    /** {@code M-<number>-<letter>}. */
    @Override
    public String toString() {
        return "M-" + number + "-" + LETTERS.charAt((int) (number * 7 % 19));
    }
}
