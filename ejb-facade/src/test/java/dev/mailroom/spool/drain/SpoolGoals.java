package dev.mailroom.spool.drain;

import java.util.Locale;

/** What the spool should reach, beside what it was found to do. */
final class SpoolGoals {
    private final StringBuilder rows = new StringBuilder();

    void atLeast(String what, String unit, double found, double goal) {
        row(what, unit, found, "at least", goal, found >= goal);
    }

    void atMost(String what, String unit, double found, double goal) {
        row(what, unit, found, "at most", goal, found <= goal);
    }

    private void row(String what, String unit, double found, String bound, double goal, boolean met) {
        rows.append(String.format(Locale.ROOT, "| %s | %s %s%s | %s%s | %s |%n",
                what, bound, number(goal), unit, number(found), unit, met ? "met" : "not met"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.2f", value);
    }

    String table() {
        return "| what | goal | found | |\n| --- | --- | --- | --- |\n" + rows;
    }
}
