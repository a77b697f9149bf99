package dev.mailroom.benchmark.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.mailroom.benchmark.Work;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.concurrent.locks.LockSupport;

/** What this JVM uses. */
final class Meters {
    private static final int MOST_COLLECTIONS = 20;
    private static final long SMALL = 10_000;
    private static final long PAUSE_NANOS = 50_000_000;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /** Something to measure. */
    interface Task {
        void run() throws Exception;
    }

    Work measure(int mails, Task task) throws Exception {
        long allocated = allocated();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        task.run();
        long nanos = System.nanoTime() - start;
        return new Work(mails, nanos, system.getProcessCpuTime() - cpu, allocated() - allocated);
    }

    /** By all threads that are alive; the JVM's own do not count. */
    private long allocated() {
        long sum = 0;
        for (long octets : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, octets);
        }
        return sum;
    }

    /** Octets in use once the garbage is gone; sockets go in two steps, with a thread of the JDK in between. */
    long heapInUse() {
        long before = Long.MAX_VALUE;
        long now = collected();
        for (int i = 0; i < MOST_COLLECTIONS && now < before - SMALL; i++) {
            before = now;
            LockSupport.parkNanos(PAUSE_NANOS);
            now = collected();
        }
        return now;
    }

    private long collected() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    int threads() {
        return threads.getThreadCount();
    }
}
