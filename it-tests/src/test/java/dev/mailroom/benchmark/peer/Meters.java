package dev.mailroom.benchmark.peer;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.mailroom.benchmark.Work;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What this JVM uses. */
final class Meters {
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

    /** Octets in use once the garbage is gone. */
    long heapInUse() {
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    int threads() {
        return threads.getThreadCount();
    }
}
