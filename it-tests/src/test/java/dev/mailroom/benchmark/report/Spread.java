package dev.mailroom.benchmark.report;

import java.util.Arrays;

/** The median of some values, and how far they lie apart. */
public record Spread(double median, double least, double most) {

    /** Of one value or more; between the two in the middle where their number is even. */
    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there is no median of nothing");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
