package dev.mailroom.idna;

/** The rule for domains with letters that are written from right to left: RFC 5893, section 2. */
final class BidiRule {
    private BidiRule() {
    }

    /** Whether a domain with this label must keep the rule in all its labels. */
    static boolean concerns(int[] label) {
        for (int c : label) {
            byte d = Character.getDirectionality(c);
            if (isRightToLeft(d) || d == Character.DIRECTIONALITY_ARABIC_NUMBER) {
                return true;
            }
        }
        return false;
    }

    /** Whether the label keeps it. */
    static boolean keptBy(int[] label) {
        byte first = Character.getDirectionality(label[0]);
        boolean rightToLeft = isRightToLeft(first);
        if (!rightToLeft && first != Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
            return false;
        }
        boolean european = false;
        boolean arabic = false;
        byte last = first;
        for (int c : label) {
            byte d = Character.getDirectionality(c);
            if (!isNeutral(d) && !(rightToLeft ? isRightToLeft(d) || d == Character.DIRECTIONALITY_ARABIC_NUMBER
                    : d == Character.DIRECTIONALITY_LEFT_TO_RIGHT)) {
                return false;
            }
            european |= d == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
            arabic |= d == Character.DIRECTIONALITY_ARABIC_NUMBER;
            last = d == Character.DIRECTIONALITY_NONSPACING_MARK ? last : d;
        }
        boolean ends = last == Character.DIRECTIONALITY_EUROPEAN_NUMBER || (rightToLeft
                ? isRightToLeft(last) || last == Character.DIRECTIONALITY_ARABIC_NUMBER
                : last == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
        return ends && !(rightToLeft && european && arabic);
    }

    private static boolean isRightToLeft(byte d) {
        return d == Character.DIRECTIONALITY_RIGHT_TO_LEFT || d == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** What both kinds of label may hold between their ends: EN, ES, CS, ET, ON, BN, NSM. */
    private static boolean isNeutral(byte d) {
        return switch (d) {
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER, Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                    Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR, Character.DIRECTIONALITY_OTHER_NEUTRALS,
                    Character.DIRECTIONALITY_BOUNDARY_NEUTRAL, Character.DIRECTIONALITY_NONSPACING_MARK -> true;
            default -> false;
        };
    }
}
