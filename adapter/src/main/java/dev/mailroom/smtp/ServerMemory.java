package dev.mailroom.smtp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers, per host and port, which servers offered a thing and then got it wrong; they are not trusted with it for
 * some time. A server may be mended or replaced, so everything is forgotten in the end, what it did right as well.
 * Bounded: the server used longest ago is forgotten first. Thread-safe.
 */
public final class ServerMemory {
    /** What a server can get wrong. */
    public enum Flaw {
        /** Answered a group of commands out of step (RFC 2920). */
        GROUPS(Duration.ofHours(4)),
        /** Offered CHUNKING without understanding BDAT (RFC 3030). */
        CHUNKS(Duration.ofHours(4)),
        /** Hung up without a word while contents were on their way that it had not asked for yet. */
        HANG_UPS(Duration.ofMinutes(10));

        private final long remembered;

        Flaw(Duration remembered) {
            this.remembered = remembered.toNanos();
        }
    }

    private static final int MOST = 1000;

    private record KnownFlaw(ServerAddress peer, Flaw flaw) {
    }

    private enum Finding { PROVEN, SUSPECTED, FLAWED }

    private record Knowledge(Finding finding, long since) {
    }

    private final LongSupplier nanoTime;
    /** Asked before each mail, so it costs nothing as long as no server has done it. */
    private volatile boolean hungUp;
    private final Map<KnownFlaw, Knowledge> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KnownFlaw, Knowledge> eldest) {
            return size() > MOST;
        }
    };

    /** Knows nothing yet. */
    public ServerMemory() {
        this(System::nanoTime);
    }

    ServerMemory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void remember(ServerAddress peer, Flaw flaw) {
        hungUp |= flaw == Flaw.HANG_UPS;
        put(peer, flaw, Finding.FLAWED);
    }

    private void put(ServerAddress peer, Flaw flaw, Finding finding) {
        known.put(new KnownFlaw(peer, flaw), new Knowledge(finding, nanoTime.getAsLong()));
    }

    /** What that server did may have had another reason: believed the second time, unless it has done it right. */
    synchronized void suspect(ServerAddress peer, Flaw flaw) {
        if (suspected(peer, flaw)) {
            remember(peer, flaw);
        } else if (!proven(peer, flaw) && !knows(peer, flaw)) {
            put(peer, flaw, Finding.SUSPECTED);
        }
    }

    synchronized boolean suspected(ServerAddress peer, Flaw flaw) {
        return is(peer, flaw, Finding.SUSPECTED);
    }

    /** As {@link #knows} of {@link Flaw#HANG_UPS}. */
    boolean hangsUp(ServerAddress peer) {
        return hungUp && knows(peer, Flaw.HANG_UPS);
    }

    /** That server has done it right, so that a refusal is meant as one. */
    synchronized void prove(ServerAddress peer, Flaw flaw) {
        if (!knows(peer, flaw)) {
            put(peer, flaw, Finding.PROVEN);
        }
    }

    synchronized boolean proven(ServerAddress peer, Flaw flaw) {
        return is(peer, flaw, Finding.PROVEN);
    }

    /** Whether that server is known for it. */
    public synchronized boolean knows(ServerAddress peer, Flaw flaw) {
        return is(peer, flaw, Finding.FLAWED);
    }

    private boolean is(ServerAddress peer, Flaw flaw, Finding finding) {
        Knowledge last = known.get(new KnownFlaw(peer, flaw));
        return last != null && last.finding == finding && nanoTime.getAsLong() - last.since < flaw.remembered;
    }
}
