package dev.mailroom.benchmark.report;

/**
 * Whether a goal is met.
 *
 * @param what is measured
 * @param goal the figures wanted
 * @param measured the figures there are
 */
public record Verdict(String what, String goal, String measured, Met met) {
    /** The answer. */
    public enum Met {
        /** It is. */
        YES("yes"),
        /** It is not. */
        NO("**no**"),
        /** A scenario or a contender is missing. */
        UNKNOWN("not measured");

        private final String word;

        Met(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Met of(boolean met) {
            return met ? YES : NO;
        }
    }
}
