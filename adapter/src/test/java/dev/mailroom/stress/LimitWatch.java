package dev.mailroom.stress;

import dev.mailroom.testing.AuthAttempt;
import dev.mailroom.testing.ConnectionLog;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts connections at the server, all and by user, all the time. A server learns of an end a little late, so only
 * connections count that were all open together for a quarter of a second.
 */
final class LimitWatch implements AutoCloseable {
    private static final int TICK_MILLIS = 25;
    private static final int TICKS = 10;

    final List<String> breaches = new CopyOnWriteArrayList<>();
    private final ScriptedSmtpServer server;
    private final int perUser;
    private final int total;
    private final Map<ConnectionLog, Integer> ticksOpen = new LinkedHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "limit watch");
    private int seen;
    private int most;

    LimitWatch(ScriptedSmtpServer server, int perUser, int total) {
        this.server = server;
        this.perUser = perUser;
        this.total = total;
        thread.start();
    }

    private void run() {
        try {
            while (!end.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<ConnectionLog> all = server.connections();
        all.subList(seen, all.size()).forEach(log -> ticksOpen.put(log, 0));
        seen = all.size();
        Map<String, Integer> byUser = new HashMap<>();
        int open = 0;
        for (Iterator<Map.Entry<ConnectionLog, Integer>> i = ticksOpen.entrySet().iterator(); i.hasNext();) {
            Map.Entry<ConnectionLog, Integer> entry = i.next();
            if (!entry.getKey().open()) {
                i.remove();
            } else if (entry.setValue(entry.getValue() + 1) >= TICKS) {
                open++;
                entry.getKey().authAttempts().stream().findFirst().map(AuthAttempt::user)
                        .ifPresent(user -> byUser.merge(user, 1, Integer::sum));
            }
        }
        most = Math.max(most, open);
        if (open > total) {
            breaches.add(open + " connections, allowed are " + total);
        }
        byUser.forEach((user, number) -> {
            if (number > perUser) {
                breaches.add(number + " connections of " + user + ", allowed are " + perUser);
            }
        });
    }

    /** The most connections that were open together for that long. */
    int most() {
        return most;
    }

    @Override
    public void close() {
        end.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
