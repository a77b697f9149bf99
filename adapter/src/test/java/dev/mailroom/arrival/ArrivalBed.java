package dev.mailroom.arrival;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.connector.KeyedConnectionManager;
import dev.mailroom.connector.SmtpManagedConnectionFactory;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.StoreOpener;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Readers that run, with what they need; what they have handled; a mail whose text has "poison" fails. */
final class ArrivalBed implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(60);

    final List<String> handled = new CopyOnWriteArrayList<>();
    final List<ReceivedMail> given = new CopyOnWriteArrayList<>();
    private final SocketTransportFactory transports = new SocketTransportFactory(TrustSettings.jdk());
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(transports), PoolSettings.DEFAULTS, event -> { });
    final ReceivingConnectionFactory connections = manager.mailboxes(StoreOpener.over(transports));
    private final List<MailboxReader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    static NamedMailbox mailbox(ScriptedMailbox server, MailProtocol protocol, ArrivalSettings arrival) {
        return new NamedMailbox("tickets", ReceivingSettings.of(SmtpSettings.of("bob", "127.0.0.1", server.port())
                .withProtocol(protocol).withSecret(Secret.password("secret"))).withMaxMessage(2000), arrival, Set.of());
    }

    static ArrivalSettings often(Done done) {
        return new ArrivalSettings(Duration.ofMillis(20), true, 3, done, done == Done.MOVE ? "Handled" : "", "Failed");
    }

    /** Looks once an hour unless it is told. */
    static ArrivalSettings seldom() {
        return new ArrivalSettings(Duration.ofHours(1), true, 3, Done.SEEN, "", "Failed");
    }

    void onMail(ReceivedMail mail) {
        given.add(mail);
        String text = new String(mail.source(), StandardCharsets.ISO_8859_1);
        if (text.contains("poison")) {
            throw new IllegalStateException("it is poison");
        }
        handled.add(text);
    }

    MailboxReader start(NamedMailbox mailbox, DeliveryStore store) {
        return start(mailbox, store, this::onMail);
    }

    MailboxReader start(NamedMailbox mailbox, DeliveryStore store, MailDelivery listener) {
        MailboxReader reader = MailboxReader.of(mailbox, connections, store, listener);
        readers.add(reader);
        Thread thread = new Thread(reader, "reader");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return reader;
    }

    /** Whether a reader waits for what a server tells, and not for the answer to a command. */
    boolean listensToServer() {
        return threads.stream().flatMap(thread -> Stream.of(thread.getStackTrace())).anyMatch(
                frame -> frame.getClassName().endsWith(".SocketWire") && frame.getMethodName().equals("await"));
    }

    void stop(MailboxReader reader) throws InterruptedException {
        reader.stop();
        assertTrue(reader.awaitEnd(LONG), "it does not end");
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "in vain: " + what);
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try {
            for (MailboxReader reader : readers) {
                stop(reader);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        manager.close();
        transports.close();
    }
}
