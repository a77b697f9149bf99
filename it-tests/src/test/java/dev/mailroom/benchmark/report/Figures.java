package dev.mailroom.benchmark.report;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/** Numbers as people read them: three digits that count. */
final class Figures {
    private Figures() {
    }

    static String rate(double perSecond) {
        return perSecond < 10 ? format("%.2f", perSecond) : perSecond < 100 ? format("%.1f", perSecond)
                : format("%,.0f", perSecond);
    }

    static String spread(Spread rate) {
        return rate(rate.least()) + " – " + rate(rate.most());
    }

    static String ratio(double ratio) {
        return (ratio < 10 ? format("%.2f", ratio) : format("%,.0f", ratio)) + "x";
    }

    static String count(double perMail) {
        return format("%.2f", perMail);
    }

    static String micros(double micros) {
        return micros < 10 ? format("%.1f", micros) : format("%,.0f", micros);
    }

    static String kilobytes(double octets) {
        return octets < 10_000 ? format("%.1f", octets / 1000) : format("%,.0f", octets / 1000);
    }

    static String or(OptionalDouble value, DoubleFunction<String> format) {
        return value.isPresent() ? format.apply(value.getAsDouble()) : "–";
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
