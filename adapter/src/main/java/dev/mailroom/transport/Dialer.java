package dev.mailroom.transport;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.ProxySettings;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.ServerAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Connects to the first of a host's addresses that answers (RFC 8305, section 5): where one is silent the next is tried
 * at the same time a quarter of a second later. When asked again it continues with the addresses that are left.
 */
final class Dialer {
    private static final long NEXT_AFTER_NANOS = Duration.ofMillis(250).toNanos();

    private final SmtpSettings settings;
    private final ServerAddress peer;
    /** As messages name it. */
    private final String name;
    private final String doubt;
    private final Deque<InetAddress> untried;

    /**
     * Connects there.
     *
     * @param peer the server, or the proxy before it
     * @param proxy that proxy, or none
     * @param addresses in the order in which they are tried; one or more
     */
    Dialer(SmtpSettings settings, ServerAddress peer, ProxySettings proxy, List<InetAddress> addresses) {
        boolean direct = proxy.kind() == ProxySettings.Protocol.NONE;
        this.settings = settings;
        this.peer = peer;
        this.name = direct ? peer.toString() : "the proxy " + proxy;
        this.doubt = direct ? "is " + settings.identity().protocol().withArticle() + " server listening there?"
                : "is a proxy listening there? It is the one of the "
                + "session's key proxy, else of the JVM's property socksProxyHost";
        this.untried = new ArrayDeque<>(addresses);
    }

    /** Whether there are addresses to go on with. */
    boolean hasMore() {
        return !untried.isEmpty();
    }

    /** A connection within that time. Addresses that were being tried at that moment are tried again the next time. */
    SocketChannel connect(Duration longest) throws SmtpException {
        List<SocketChannel> begun = new ArrayList<>();
        Deque<InetAddress> silent = new ArrayDeque<>();
        try (Selector selector = Selector.open()) {
            Optional<SocketChannel> first = race(selector, begun, silent, System.nanoTime() + longest.toNanos());
            if (first.isPresent()) {
                begun.remove(first.get());
                return first.get();
            }
            throw failure(new SocketTimeoutException(), longest);
        } catch (IOException e) {
            throw failure(e, longest);
        } finally {
            begun.forEach(Dialer::close);
            silent.descendingIterator().forEachRemaining(untried::addFirst);
        }
    }

    private Optional<SocketChannel> race(Selector selector, List<SocketChannel> begun, Deque<InetAddress> silent,
            long end) throws IOException {
        IOException last = new SocketTimeoutException();
        long nextStart = System.nanoTime();
        while (System.nanoTime() - end < 0 && (!untried.isEmpty() || !silent.isEmpty())) {
            if (!untried.isEmpty() && (silent.isEmpty() || nextStart - System.nanoTime() <= 0)) {
                nextStart = System.nanoTime() + NEXT_AFTER_NANOS;
                try {
                    Optional<SocketChannel> atOnce = begin(selector, begun, silent);
                    if (atOnce.isPresent()) {
                        return atOnce;
                    }
                } catch (IOException e) {
                    last = e;
                    nextStart = System.nanoTime();
                    continue;
                }
            }
            long wait = (untried.isEmpty() ? end : Math.min(end, nextStart)) - System.nanoTime();
            selector.select(Math.max(1, wait / 1_000_000));
            if (Thread.currentThread().isInterrupted()) {
                throw new ClosedByInterruptException();
            }
            for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                selector.selectedKeys().remove(key);
                SocketChannel channel = (SocketChannel) key.channel();
                try {
                    channel.finishConnect();
                    silent.remove(key.attachment());
                    key.cancel();
                    selector.selectNow();
                    channel.configureBlocking(true);
                    return Optional.of(channel);
                } catch (IOException e) {
                    last = e;
                    nextStart = System.nanoTime();
                    silent.remove(key.attachment());
                    close(channel);
                }
            }
        }
        if (silent.isEmpty()) {
            throw last;
        }
        return Optional.empty();
    }

    /** Starts with the next address; present where the connection is there already. */
    private Optional<SocketChannel> begin(Selector selector, List<SocketChannel> begun, Deque<InetAddress> silent)
            throws IOException {
        InetAddress address = untried.removeFirst();
        SocketChannel channel = SocketChannel.open();
        begun.add(channel);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.configureBlocking(false);
        if (channel.connect(new InetSocketAddress(address, peer.port()))) {
            channel.configureBlocking(true);
            return Optional.of(channel);
        }
        channel.register(selector, SelectionKey.OP_CONNECT, address);
        silent.addLast(address);
        return Optional.empty();
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    private SmtpException failure(IOException cause, Duration longest) {
        return new SmtpException(Failure.before(Phase.CONNECT, why(cause, longest), settings), cause);
    }

    private String why(IOException cause, Duration longest) {
        if (cause instanceof SocketTimeoutException) {
            return "no connection to " + name + " within " + longest.toMillis() + " ms; is the host reachable, does a "
                    + "firewall drop the packets?";
        }
        if (cause instanceof NoRouteToHostException) {
            return "there is no route to " + name + "; check the address and the network";
        }
        if (cause instanceof ConnectException) {
            return "the connection was refused by " + name + "; " + doubt;
        }
        return cause instanceof ClosedByInterruptException ? "the thread was interrupted while connecting to " + name
                : "no connection to " + name + ": " + cause.getMessage();
    }
}
