package dev.mailroom.pool;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * What acquiring and releasing costs, beside commons-pool2: wall time, and in brackets CPU time, divided by the
 * operations of all threads; every key open, contenders interleaved, medians of the rounds. With keys taken in turn it
 * is the pool that is measured; at random, with many keys, the processor's caches as well. Prints Markdown tables.
 */
public final class PoolBenchmark {
    private static final Map<String, IntFunction<PoolContender>> CONTENDERS = new LinkedHashMap<>();

    static {
        CONTENDERS.put("Mailroom", PoolContender::mailroom);
        CONTENDERS.put("commons-pool2, tuned", keys -> PoolContender.commons(false));
        CONTENDERS.put("commons-pool2, defaults", keys -> PoolContender.commons(true));
    }

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final int rounds;
    private final long roundNanos;

    /** Of one acquisition and release, in ns. */
    private record Cost(long wall, long cpu) {
    }

    private record Work(long operations, long cpu) {
    }

    PoolBenchmark(int rounds, long roundMillis) {
        this.rounds = rounds;
        this.roundNanos = TimeUnit.MILLISECONDS.toNanos(roundMillis);
    }

    /** Arguments: rounds (9), milliseconds a round (300). */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        long millis = args.length > 1 ? Long.parseLong(args[1]) : 300;
        var benchmark = new PoolBenchmark(rounds, millis);
        int[] keys = {1, 1_000, 10_000};
        int[] threads = {1, 8, 32};
        System.out.println("Keys in turn\n\n" + benchmark.table(keys, threads, false));
        System.out.println("Keys at random\n\n" + benchmark.table(keys, threads, true));
    }

    /** The table, in ns; the first round of each row warms up and does not count. */
    String table(int[] keyCounts, int[] threadCounts, boolean random) throws Exception {
        var table = new StringBuilder("| keys | threads | " + String.join(" | ", CONTENDERS.keySet()) + " |\n");
        table.append("| --- | --- |").append(" --- |".repeat(CONTENDERS.size())).append('\n');
        for (int keys : keyCounts) {
            for (int threads : threadCounts) {
                table.append("| ").append(keys).append(" | ").append(threads).append(" |");
                for (Cost cost : row(keys, threads, random)) {
                    table.append(' ').append(cost.wall()).append(" (").append(cost.cpu()).append(") |");
                }
                table.append('\n');
            }
        }
        return table.toString();
    }

    private List<Cost> row(int keys, int threads, boolean random) throws Exception {
        Integer[] names = new Integer[keys];
        Arrays.setAll(names, i -> i);
        List<PoolContender> contenders = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            for (IntFunction<PoolContender> maker : CONTENDERS.values()) {
                PoolContender contender = maker.apply(keys);
                contenders.add(contender);
                for (Integer name : names) {
                    contender.acquireAndRelease(name);
                }
            }
            List<List<Cost>> costs = contenders.stream().map(contender -> (List<Cost>) new ArrayList<Cost>()).toList();
            for (int round = -1; round < rounds; round++) {
                for (int i = 0; i < contenders.size(); i++) {
                    Cost cost = round(executor, threads, contenders.get(i), names, random);
                    if (round >= 0) {
                        costs.get(i).add(cost);
                    }
                }
            }
            return costs.stream().map(PoolBenchmark::median).toList();
        } finally {
            executor.shutdownNow();
            contenders.forEach(PoolContender::close);
        }
    }

    private Cost round(
            ExecutorService executor, int threads, PoolContender contender, Integer[] names, boolean atRandom)
            throws Exception {
        long start = System.nanoTime();
        Callable<Work> worker = () -> {
            var random = new SplittableRandom();
            long cpu = CPU.getCurrentThreadCpuTime();
            long operations = 0;
            int next = random.nextInt(names.length);
            do {
                for (int i = 0; i < 16; i++) {
                    contender.acquireAndRelease(names[next]);
                    next = atRandom ? random.nextInt(names.length) : (next + 1) % names.length;
                }
                operations += 16;
            } while (System.nanoTime() - start < roundNanos);
            return new Work(operations, CPU.getCurrentThreadCpuTime() - cpu);
        };
        long operations = 0;
        long cpu = 0;
        for (Future<Work> result : executor.invokeAll(Collections.nCopies(threads, worker))) {
            operations += result.get().operations();
            cpu += result.get().cpu();
        }
        return new Cost((System.nanoTime() - start) / operations, cpu / operations);
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(median(costs.stream().mapToLong(Cost::wall)), median(costs.stream().mapToLong(Cost::cpu)));
    }

    private static long median(LongStream values) {
        long[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
