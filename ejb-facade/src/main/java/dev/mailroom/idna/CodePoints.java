package dev.mailroom.idna;

import java.lang.Character.UnicodeBlock;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.Set;

/** Which characters may stand in a U-label: the derivation of RFC 5892, section 3, and the mapping of UTS 46. */
final class CodePoints {
    static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    static final int ZERO_WIDTH_JOINER = 0x200D;

    private static final int IDEOGRAPHIC_FULL_STOP = 0x3002;
    private static final int HALF_WIDTH_FULL_STOP = 0xFF61;
    // The block "Halfwidth and Fullwidth Forms".
    private static final int FIRST_WIDTH = 0xFF01;
    private static final int LAST_WIDTH = 0xFFEE;

    // Section 2.6.
    private static final Set<Integer> VALID_EXCEPTIONS = Set.of(0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007,
            0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB);
    private static final Set<Integer> DISALLOWED_EXCEPTIONS = Set.of(0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032,
            0x3033, 0x3034, 0x3035, 0x303B);
    // Section 2.4.
    private static final Set<UnicodeBlock> IGNORED_BLOCKS = Set.of(UnicodeBlock.COMBINING_MARKS_FOR_SYMBOLS,
            UnicodeBlock.MUSICAL_SYMBOLS, UnicodeBlock.ANCIENT_GREEK_MUSICAL_NOTATION);

    private CodePoints() {
    }

    /**
     * Whether the character may stand in a label. Rules of context for the two joiners are not among these; those of
     * the other CONTEXTO characters are for registries (RFC 5891, section 5.4).
     */
    static boolean isValid(int c) {
        if (c < 128) {
            return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
        }
        if (VALID_EXCEPTIONS.contains(c) || c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
            return true;
        }
        return isLetterOrDigit(c) && !DISALLOWED_EXCEPTIONS.contains(c) && !isOldHangul(c) && !isIgnorable(c)
                && !IGNORED_BLOCKS.contains(UnicodeBlock.of(c)) && isStable(c);
    }

    private static boolean isLetterOrDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER, Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER, Character.DECIMAL_DIGIT_NUMBER, Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    // Section 2.9: jamo that make no modern syllable.
    private static boolean isOldHangul(int c) {
        return c >= 0x1100 && c <= 0x11FF || c >= 0xA960 && c <= 0xA97C || c >= 0xD7B0 && c <= 0xD7FB;
    }

    // Section 2.3, as far as letters and marks are concerned: the Default_Ignorable_Code_Point among them.
    private static boolean isIgnorable(int c) {
        return c == 0x34F || c == 0x17B4 || c == 0x17B5 || c >= 0x180B && c <= 0x180F || c >= 0xFE00 && c <= 0xFE0F
                || c >= 0xE0100 && c <= 0xE01EF;
    }

    // Section 2.2: it is what folding its case and its compatibility forms makes of it.
    private static boolean isStable(int c) {
        String text = Character.toString(c);
        return Normalizer.normalize(folded(Normalizer.normalize(text, Form.NFKC)), Form.NFKC).equals(text);
    }

    private static String folded(String text) {
        int c = text.codePointAt(0);
        if (c == 0x131 || isCherokee(c)) {
            return mapped(c);
        }
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    /** Whether a person can see it; of the invisible ones the two joiners have a meaning. */
    static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    /**
     * The lower case that UTS 46 makes of a character wherever it stands: no final sigma comes of it. What input
     * methods for Chinese, Japanese and Korean write in another width, and their full stop, is the usual character (RFC
     * 5895, section 2).
     */
    static String mapped(int c) {
        if (c == IDEOGRAPHIC_FULL_STOP || c == HALF_WIDTH_FULL_STOP) {
            return ".";
        }
        if (c >= FIRST_WIDTH && c <= LAST_WIDTH) {
            return Normalizer.normalize(Character.toString(c), Form.NFKC).toLowerCase(Locale.ROOT);
        }
        if (isCherokee(c)) {
            // The only script whose upper case is the common one.
            return Character.toString(c >= 0xAB70 ? c - 0xAB70 + 0x13A0 : c >= 0x13F8 ? c - 8 : c);
        }
        return Character.toString(c).toLowerCase(Locale.ROOT);
    }

    private static boolean isCherokee(int c) {
        return c >= 0x13A0 && c <= 0x13FD || c >= 0xAB70 && c <= 0xABBF;
    }

    /**
     * Whether it is a virama (canonical combining class 9), which the JDK tells only by the order that normalizing
     * brings marks into: before U+05B0, whose class is 10, and behind U+3099, whose class is 8.
     */
    static boolean isVirama(int c) {
        int type = Character.getType(c);
        if (type != Character.NON_SPACING_MARK && type != Character.COMBINING_SPACING_MARK) {
            return false;
        }
        return changePlaces("\u05B0", Character.toString(c)) && changePlaces(Character.toString(c), "\u3099");
    }

    private static boolean changePlaces(String first, String second) {
        return !first.equals(second) && Normalizer.normalize(first + second, Form.NFD).equals(second + first);
    }
}
