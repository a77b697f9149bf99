package dev.mailroom.smtp;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers, per host and port, which servers offered a thing and then got it wrong; they are not trusted with it
 * again. Bounded: the server used longest ago is forgotten first. Thread-safe.
 */
public final class ServerMemory {
    /** What a server can get wrong. */
    public enum Flaw {
        /** Answered a group of commands out of step (RFC 2920). */
        GROUPS,
        /** Offered CHUNKING without understanding BDAT (RFC 3030). */
        CHUNKS
    }

    private static final int MOST = 1000;

    private record Entry(Peer peer, Flaw flaw) {
    }

    private final Map<Entry, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Entry, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized void remember(Peer peer, Flaw flaw) {
        known.put(new Entry(peer, flaw), true);
    }

    /** Whether that server is known for it. */
    public synchronized boolean knows(Peer peer, Flaw flaw) {
        return known.getOrDefault(new Entry(peer, flaw), false);
    }
}
