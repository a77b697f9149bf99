package dev.mailroom.idna;

/** RFC 3492, section 6.3, with the parameters of section 5. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST = 128;
    private static final long MOST = Integer.MAX_VALUE;

    private Punycode() {
    }

    /**
     * Encodes a label of at most a few hundred characters: longer ones are invalid, so that no number here overflows.
     */
    static String encode(int[] label) {
        StringBuilder out = new StringBuilder(label.length + 16);
        for (int c : label) {
            if (c < FIRST) {
                out.append((char) c);
            }
        }
        int basic = out.length();
        int done = basic;
        if (basic > 0) {
            out.append('-');
        }
        int delta = 0;
        int bias = FIRST_BIAS;
        for (int n = FIRST; done < label.length; n++, delta++) {
            int next = next(label, n);
            delta += (next - n) * (done + 1);
            n = next;
            for (int c : label) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    append(out, delta, bias);
                    bias = adapt(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
        }
        return out.toString();
    }

    /**
     * Decodes what follows {@code xn--}, in lower case (section 6.2).
     *
     * @param encoded at most 59 characters
     * @throws IllegalArgumentException when it is no Punycode
     */
    static String decode(String encoded) {
        int basic = Math.max(encoded.lastIndexOf('-'), 0);
        StringBuilder label = new StringBuilder(encoded.substring(0, basic));
        int bias = FIRST_BIAS;
        int points = basic;
        long n = FIRST;
        long place = 0;
        for (int at = basic == 0 ? 0 : basic + 1; at < encoded.length(); place++) {
            long before = place;
            long weight = 1;
            for (int k = BASE;; k += BASE) {
                int value = at < encoded.length() ? value(encoded.charAt(at++)) : -1;
                place += value * weight;
                if (value < 0 || place > MOST) {
                    throw new IllegalArgumentException("no Punycode");
                }
                int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
                if (value < threshold) {
                    break;
                }
                weight *= BASE - threshold;
                if (weight > MOST) {
                    throw new IllegalArgumentException("no Punycode");
                }
            }
            points++;
            bias = adapt((int) (place - before), points, before == 0);
            n += place / points;
            place %= points;
            if (n > Character.MAX_CODE_POINT) {
                throw new IllegalArgumentException("no Punycode");
            }
            label.insert(label.offsetByCodePoints(0, (int) place), Character.toChars((int) n));
        }
        return label.toString();
    }

    private static int value(char digit) {
        return digit >= 'a' && digit <= 'z' ? digit - 'a' : digit >= '0' && digit <= '9' ? digit - '0' + 26 : -1;
    }

    private static int next(int[] label, int from) {
        int next = Integer.MAX_VALUE;
        for (int c : label) {
            if (c >= from && c < next) {
                next = c;
            }
        }
        return next;
    }

    private static void append(StringBuilder out, int delta, int bias) {
        int rest = delta;
        for (int k = BASE;; k += BASE) {
            int threshold = Math.max(T_MIN, Math.min(T_MAX, k - bias));
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        for (; rest > (BASE - T_MIN) * T_MAX / 2; k += BASE) {
            rest /= BASE - T_MIN;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }
}
