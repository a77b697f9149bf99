package dev.mailroom.spool.drain;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the threads of a drain spend their time: looks at their stacks every millisecond. Those of the turns
 * speak with the mail server, those of the exchanges with the database.
 */
final class DrainProfile implements AutoCloseable {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1);
    /** The first word that a frame of the stack contains, from the innermost frame on, names the stage. */
    private static final Map<String, String> STAGES = new LinkedHashMap<>();

    static {
        STAGES.put("dev.mailroom.spool.embedded.", "flush to the disk");
        STAGES.put(".commit", "commit");
        STAGES.put("JdbcMailClaims.claim", "claim, contents included");
        STAGES.put("ContentTable.delete", "settle: delete contents");
        STAGES.put("MailSettling.", "settle: change rows");
        STAGES.put("ContentTable$Stored.", "read contents");
        STAGES.put("TurnMails.result", "wait for the database's thread");
        STAGES.put("dev.mailroom.smtp.", "SMTP");
        STAGES.put("dev.mailroom.spool.drain.", "the rest");
    }

    private final Map<String, Integer> turns = new TreeMap<>();
    private final Map<String, Integer> exchanges = new TreeMap<>();
    private final Thread sampler = new Thread(this::sample, "drain-profile");
    private volatile boolean looking;
    private volatile boolean ended;

    DrainProfile() {
        sampler.setDaemon(true);
        sampler.start();
    }

    void resume() {
        looking = true;
    }

    void pause() {
        looking = false;
    }

    private void sample() {
        while (!ended) {
            if (looking) {
                Thread.getAllStackTraces().values().forEach(this::note);
            }
            LockSupport.parkNanos(PERIOD);
        }
    }

    private synchronized void note(StackTraceElement[] stack) {
        List<String> frames = Arrays.stream(stack).map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .toList();
        boolean turn = frames.stream().anyMatch(frame -> frame.endsWith("DrainTurn.run"));
        if (!turn && frames.stream().noneMatch(frame -> frame.endsWith("TurnMails.exchange"))) {
            return;
        }
        for (String frame : frames) {
            // Who counts the statements is not who needs the time.
            if (frame.contains("CountedStatements")) {
                continue;
            }
            for (Map.Entry<String, String> stage : STAGES.entrySet()) {
                if (frame.contains(stage.getKey())) {
                    (turn ? turns : exchanges).merge(stage.getValue(), 1, Integer::sum);
                    return;
                }
            }
        }
    }

    /** Rows of a table: database, thread, stages. */
    synchronized String rows(String database) {
        return row(database, "connection", turns) + row(database, "database's thread", exchanges);
    }

    private static String row(String database, String thread, Map<String, Integer> stages) {
        int all = stages.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder row = new StringBuilder("| " + database + " | " + thread + " | ");
        stages.entrySet().stream().sorted((one, other) -> other.getValue() - one.getValue())
                .forEach(stage -> row.append(String.format(Locale.ROOT, "%s %.0f %%, ", stage.getKey(),
                        100.0 * stage.getValue() / Math.max(1, all))));
        if (!stages.isEmpty()) {
            row.setLength(row.length() - 2);
        }
        return row + " |\n";
    }

    @Override
    public void close() {
        ended = true;
    }
}
