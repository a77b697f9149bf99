package dev.mailroom.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The network and the threads that all test servers share: 127.0.0.1, free ports, daemons. */
final class Loopback {
    private Loopback() {
    }

    /** A listening socket on a free port. */
    static ServerSocket listen() {
        try {
            ServerSocket listener = new ServerSocket();
            listener.bind(address(0), 1024);
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("no listening socket on 127.0.0.1", e);
        }
    }

    /** 127.0.0.1, whatever {@code localhost} means to the machine. */
    static InetSocketAddress address(int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Runs a task on a thread that does not keep the JVM alive. */
    static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
