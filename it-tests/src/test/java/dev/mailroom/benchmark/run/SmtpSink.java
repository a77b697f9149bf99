package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.testing.SinkCounts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Postfix's sink, written in C, on a port that was free a moment ago. */
final class SmtpSink implements Server {
    private static final Path PROGRAM = Path.of("/usr/sbin/smtp-sink");
    private static final int ATTEMPTS = 5;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Process process;
    private final int port;

    private SmtpSink(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean available() {
        return Files.isExecutable(PROGRAM);
    }

    static SmtpSink start(Scenario scenario) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            SmtpSink sink = attempt(scenario);
            if (sink.answers()) {
                return sink;
            }
            sink.close();
        }
        throw new IOException("smtp-sink could not be started");
    }

    private static SmtpSink attempt(Scenario scenario) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(Target.HOST))) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(Cores.prefix(scenario));
        command.add(PROGRAM.toString());
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.addAll(List.of("inet:" + Target.HOST + ":" + port, "1000"));
        return new SmtpSink(new ProcessBuilder(command).inheritIO().start(), port);
    }

    private boolean answers() {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (process.isAlive() && System.nanoTime() - end < 0) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(Target.HOST, port), PATIENCE_MILLIS);
                return true;
            } catch (IOException e) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        return false;
    }

    @Override
    public Target target() {
        return new Target(port, Optional.empty(), "-");
    }

    @Override
    public Optional<SinkCounts> counts() {
        return Optional.empty();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
