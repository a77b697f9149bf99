package dev.mailroom.it.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between the server and its database: what follows certain words is done, and its answer lost with the
 * connection. Each arming loses one answer.
 */
final class LostAnswers implements AutoCloseable {
    /** @param before what must have been asked for on the same connection, since the arming */
    private record Words(String before, String last) {
    }

    private final ServerSocket listening;
    private final int database;
    private final AtomicReference<Optional<Words>> armed = new AtomicReference<>(Optional.empty());
    private final AtomicInteger lost = new AtomicInteger();

    private LostAnswers(int database) throws IOException {
        this.database = database;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static LostAnswers before(int database) throws IOException {
        var proxy = new LostAnswers(database);
        daemon(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The answer to the next request with these words is lost, on a connection on which others were said before. */
    void loseAnswer(String before, String words) {
        armed.set(Optional.of(new Words(before, words)));
    }

    /** How many answers were lost. */
    int lost() {
        return lost.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "lost-answers");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), database);
                var cut = new AtomicReference<>(Boolean.FALSE);
                daemon(() -> requests(client, server, cut));
                daemon(() -> answers(client, server, cut));
            }
        } catch (IOException e) {
            // Closed, or the database is gone: those who connect find out.
            return;
        }
    }

    private void requests(Socket client, Socket server, AtomicReference<Boolean> cut) {
        try (server; InputStream in = client.getInputStream(); OutputStream out = server.getOutputStream()) {
            byte[] buffer = new byte[1 << 16];
            Optional<Words> begun = Optional.empty();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Optional<Words> words = armed.get();
                String text = new String(buffer, 0, read, ISO_8859_1);
                if (words.isPresent() && text.contains(words.get().before())) {
                    begun = words;
                }
                if (begun.isPresent() && begun.equals(words) && text.contains(words.get().last())
                        && armed.compareAndSet(words, Optional.empty())) {
                    cut.set(true);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // The other end hears of it by the closing.
            return;
        }
    }

    private void answers(Socket client, Socket server, AtomicReference<Boolean> cut) {
        try (client; InputStream in = server.getInputStream(); OutputStream out = client.getOutputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (cut.get()) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
