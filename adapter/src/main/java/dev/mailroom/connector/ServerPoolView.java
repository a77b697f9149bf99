package dev.mailroom.connector;

import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.SmtpPool;
import dev.mailroom.TlsMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What there is to see when the application server pools: nothing here, its own tools show it. */
public final class ServerPoolView implements SmtpPool {
    private static final Spread NONE =
            new Spread(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    @Override
    public List<PoolRow> sessions() {
        return List.of();
    }

    @Override
    public PoolRow total() {
        return new PoolRow(PoolRow.TOTAL, "", "", 0, TlsMode.NONE, 0, 0, 0, 0, 0, 0, false, 0, 0, 0, Map.of(),
                NONE, NONE);
    }

    @Override
    public boolean resize(String id, int limit) {
        return false;
    }

    @Override
    public boolean flushIdle(String id) {
        return false;
    }

    @Override
    public boolean flush(String id) {
        return false;
    }

    @Override
    public boolean suspend(String id) {
        return false;
    }

    @Override
    public boolean resume(String id) {
        return false;
    }

    @Override
    public boolean drop(String id) {
        return false;
    }
}
