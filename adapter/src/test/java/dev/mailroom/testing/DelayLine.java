package dev.mailroom.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One direction of a delayed connection: a thread reads and stamps, another writes when the time has come. What is
 * under way waits in memory, so neither end is slowed down. A reset and an end of stream travel as late as bytes do.
 */
final class DelayLine {
    /** Bytes handed on, over all lines that share it. */
    static class Count {
        private final AtomicLong bytes = new AtomicLong();

        /** Some bytes have come in. */
        void came() {
            // Only what is handed on counts.
        }

        /** Some bytes are being handed on. */
        void goes() {
            // Only what was handed on counts.
        }

        /** So many bytes were handed on. */
        void handedOn(int count) {
            bytes.addAndGet(count);
        }

        long bytes() {
            return bytes.get();
        }
    }

    /** @param bytes empty = the end of the stream */
    private record Chunk(long due, byte[] bytes, boolean reset) {
    }

    private final Socket from;
    private final Socket to;
    private final long firstDue;
    private final long delay;
    private final Count count;
    private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
    private volatile boolean ended;

    /** @param atFirst nothing arrives before that long from now */
    DelayLine(Socket from, Socket to, Duration atFirst, Duration delay, Count count) {
        this.from = from;
        this.to = to;
        this.firstDue = System.nanoTime() + atFirst.toNanos();
        this.delay = delay.toNanos();
        this.count = count;
    }

    /** @param whenEnded run once nothing more can arrive */
    void start(Runnable whenEnded) {
        Loopback.daemon("delay-line-read", this::read);
        Loopback.daemon("delay-line-write", () -> {
            write();
            ended = true;
            whenEnded.run();
        });
    }

    boolean ended() {
        return ended;
    }

    private void read() {
        byte[] buffer = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                count.came();
                byte[] bytes = new byte[n];
                System.arraycopy(buffer, 0, bytes, 0, n);
                underWay.add(new Chunk(due(), bytes, false));
            }
            underWay.add(new Chunk(due(), new byte[0], false));
        } catch (IOException e) {
            underWay.add(new Chunk(due(), new byte[0], true));
        }
    }

    private long due() {
        long due = System.nanoTime() + delay;
        return due - firstDue > 0 ? due : firstDue;
    }

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            while (true) {
                Chunk chunk = underWay.take();
                awaitNanoTime(chunk.due());
                if (chunk.reset()) {
                    to.setSoLinger(true, 0);
                    to.close();
                    return;
                }
                if (chunk.bytes().length == 0) {
                    to.shutdownOutput();
                    return;
                }
                count.goes();
                out.write(chunk.bytes());
                count.handedOn(chunk.bytes().length);
            }
        } catch (IOException e) {
            // The receiving end is gone. The sender hears of it as it would over a real network: by a reset.
            resetSender();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void resetSender() {
        try {
            from.setSoLinger(true, 0);
            from.close();
        } catch (IOException e) {
            // Gone as well.
            return;
        }
    }

    private static void awaitNanoTime(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
