package dev.mailroom.transport;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.ServerAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * The addresses of hosts, and which of them worked last: it is asked first for some minutes. Bounded: the server used
 * longest ago is forgotten first. Thread-safe; a lookup takes as long as the name service does.
 */
final class Addresses {
    /** Looks a name up. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static final long REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();
    private static final int MOST = 1000;

    private record Worked(InetAddress address, long nanos) {
    }

    private final Resolver resolver;
    private final LongSupplier nanoTime;
    private final Map<ServerAddress, Worked> worked = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServerAddress, Worked> eldest) {
            return size() > MOST;
        }
    };

    Addresses(Resolver resolver, LongSupplier nanoTime) {
        this.resolver = resolver;
        this.nanoTime = nanoTime;
    }

    /** One or more: the one that worked, then the others by turns of their family (RFC 8305, section 4). */
    List<InetAddress> of(SmtpSettings settings, ServerAddress peer) throws SmtpException {
        try {
            List<InetAddress> all = byTurns(List.of(resolver.resolve(peer.host())));
            InetAddress best = remembered(peer);
            if (all.remove(best)) {
                all.add(0, best);
            }
            return all;
        } catch (UnknownHostException e) {
            String message = "the host name " + peer.host() + " of the "
                    + (peer.host().equals(settings.host()) ? settings.identity().protocol() + " server" : "proxy")
                    + " cannot be resolved; check its spelling and the name service";
            throw new SmtpException(Failure.before(Phase.RESOLVE, message, settings), e);
        }
    }

    private static List<InetAddress> byTurns(List<InetAddress> resolved) {
        boolean six = resolved.get(0) instanceof Inet6Address;
        Queue<InetAddress> first = new ArrayDeque<>();
        Queue<InetAddress> second = new ArrayDeque<>();
        resolved.forEach(address -> (address instanceof Inet6Address == six ? first : second).add(address));
        List<InetAddress> all = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            if (!first.isEmpty()) {
                all.add(first.remove());
            }
            if (!second.isEmpty()) {
                all.add(second.remove());
            }
        }
        return all;
    }

    /** Null = none. */
    private synchronized InetAddress remembered(ServerAddress peer) {
        Worked last = worked.get(peer);
        return last != null && nanoTime.getAsLong() - last.nanos() < REMEMBERED_NANOS ? last.address() : null;
    }

    /** A session was opened there. */
    synchronized void worked(ServerAddress peer, InetAddress address) {
        worked.put(peer, new Worked(address, nanoTime.getAsLong()));
    }
}
