package dev.mailroom.idna;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our domains are those of ICU's UTS 46 without transitional rules, less what we refuse on purpose. */
class IcuComparisonTest {
    private static final IDNA ICU = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ
            | IDNA.NONTRANSITIONAL_TO_ASCII);
    private static final IDNA CHARACTERS = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES
            | IDNA.NONTRANSITIONAL_TO_UNICODE);
    private static final Normalizer2 NFKC_FOLDED = Normalizer2.getNFKCCasefoldInstance();

    @Test
    void everyCodePointThatWeAcceptIsOneOfIdna2008AndNoneIsMissing() {
        List<String> wrong = new ArrayList<>();
        for (int c = 128; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) != Character.UNASSIGNED && CodePoints.isValid(c) != isValid(c)) {
                wrong.add(String.format("U+%04X %s", c, Character.getName(c)));
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** RFC 5892 by ICU's own properties. */
    private static boolean isValid(int c) {
        if ("\u00df\u03c2\u06fd\u06fe\u0f0b\u3007\u00b7\u0375\u05f3\u05f4\u30fb\u200c\u200d".indexOf(c) >= 0) {
            return true;
        }
        boolean letter = switch (UCharacter.getType(c)) {
            case Character.LOWERCASE_LETTER, Character.UPPERCASE_LETTER, Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER, Character.DECIMAL_DIGIT_NUMBER, Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
        int hangul = UCharacter.getIntPropertyValue(c, UProperty.HANGUL_SYLLABLE_TYPE);
        boolean jamo = hangul == UCharacter.HangulSyllableType.LEADING_JAMO
                || hangul == UCharacter.HangulSyllableType.VOWEL_JAMO
                || hangul == UCharacter.HangulSyllableType.TRAILING_JAMO;
        int block = UCharacter.UnicodeBlock.of(c).getID();
        boolean music = block == UCharacter.UnicodeBlock.COMBINING_MARKS_FOR_SYMBOLS_ID
                || block == UCharacter.UnicodeBlock.MUSICAL_SYMBOLS_ID
                || block == UCharacter.UnicodeBlock.ANCIENT_GREEK_MUSICAL_NOTATION_ID;
        return letter && !jamo && !music
                && "\u0640\u07fa\u302e\u302f\u3031\u3032\u3033\u3034\u3035\u303b".indexOf(c) < 0
                && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                && !UCharacter.hasBinaryProperty(c, UProperty.WHITE_SPACE)
                && NFKC_FOLDED.normalize(Character.toString(c)).equals(Character.toString(c));
    }

    @Test
    void everyCodePointIsMappedAsUts46MapsItOrRefused() {
        for (int c = 128; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) == Character.UNASSIGNED || Character.getType(c) == Character.SURROGATE) {
                continue;
            }
            var problems = new IDNA.Info();
            StringBuilder theirs = CHARACTERS.nameToUnicode("a" + Character.toString(c), new StringBuilder(), problems);
            try {
                String ours = InternationalDomain.of("a" + Character.toString(c)).unicode();
                assertTrue(ours.equals(theirs.toString()) && !problems.hasErrors(), Character.getName(c));
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage().startsWith("has "), refused.getMessage());
            }
        }
    }

    @Test
    void whatJoinsWithWhatIsAsInUnicode() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int type = UCharacter.getIntPropertyValue(c, UProperty.JOINING_TYPE);
            boolean dual = type == UCharacter.JoiningType.DUAL_JOINING;
            assertEquals(dual || type == UCharacter.JoiningType.LEFT_JOINING, Joiners.joinsForward(c),
                    Integer.toHexString(c));
            assertEquals(dual || type == UCharacter.JoiningType.RIGHT_JOINING, Joiners.joinsBackward(c),
                    Integer.toHexString(c));
            if (Character.getType(c) != Character.UNASSIGNED && CodePoints.isValid(c)) {
                assertEquals(UCharacter.getCombiningClass(c) == 9, CodePoints.isVirama(c), Integer.toHexString(c));
            }
        }
    }

    @Test
    void randomDomainsOfEveryScriptAreEncodedAsIcuEncodesThem() {
        int[] valid = validCharacters();
        Random random = new Random(46);
        int encoded = 0;
        for (int i = 0; i < 200_000; i++) {
            String domain = domain(random, valid);
            var problems = new IDNA.Info();
            String theirs = ICU.nameToASCII(domain, new StringBuilder(), problems).toString();
            try {
                String ours = InternationalDomain.of(domain).ascii();
                assertEquals(theirs, ours, domain);
                assertTrue(!problems.hasErrors(), domain + " " + problems.getErrors());
                encoded++;
            } catch (IllegalArgumentException refused) {
                assertTrue(problems.hasErrors(), domain + " " + refused.getMessage());
            }
        }
        assertTrue(encoded > 50_000, encoded + " domains compared");
    }

    private static int[] validCharacters() {
        List<Integer> valid = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.getType(c) != Character.UNASSIGNED && CodePoints.isValid(c)) {
                valid.add(c);
            }
        }
        return valid.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Labels of neighbouring characters, so that many are of one script; in upper case, with joiners and digits. */
    private static String domain(Random random, int[] valid) {
        StringBuilder domain = new StringBuilder();
        for (int labels = 1 + random.nextInt(3); labels > 0; labels--) {
            int place = random.nextInt(valid.length);
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                switch (random.nextInt(16)) {
                    case 0 -> domain.appendCodePoint(0x200C + random.nextInt(2));
                    case 1 -> domain.append((char) ('a' + random.nextInt(26)));
                    case 2 -> domain.append(random.nextInt(10));
                    case 3 -> domain.append('-');
                    default -> domain.appendCodePoint(valid[(place + random.nextInt(24)) % valid.length]);
                }
            }
            domain.append(labels > 1 ? "." : "");
        }
        return random.nextBoolean() ? domain.toString() : domain.toString().toUpperCase(Locale.ROOT);
    }
}
