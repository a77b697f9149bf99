package dev.mailroom.listening;

import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.arrival.MailDelivery;
import dev.mailroom.arrival.MailboxReader;
import dev.mailroom.arrival.UnclaimedMailException;
import dev.mailroom.bounces.DeliveryReport;
import dev.mailroom.receiving.ListenedMailboxes;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.NamedMailboxes;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.spool.MailBounced;
import dev.mailroom.spool.service.Spool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Reads the mailboxes that have a listener as long as the application lives, each on a thread of its own. */
@Singleton
@Startup
@DependsOn("SpoolLifecycle")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ListenerLifecycle {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");
    private static final Duration GRACE = Duration.ofSeconds(20);

    @Inject
    private BeanManager beans;
    @Inject
    private NamedMailboxes mailboxes;
    @Inject
    private ReceivingConnectionFactory connections;
    @Inject
    private ListenedMailboxes listened;
    @Inject
    private Spool spool;
    @Inject
    private ListenerTransactions transactions;
    @Inject
    private Event<MailBounced> bounces;
    @Resource
    private ManagedThreadFactory threads;
    @Resource
    private ManagedScheduledExecutorService timer;
    private final List<MailboxReader> readers = new ArrayList<>();
    private ScheduledFuture<?> extensions;

    @PostConstruct
    void begin() {
        DeliveryStore store = new SpoolDeliveries(spool);
        ListenerBeans listeners = beans.getExtension(ListenerBeans.class);
        List<String> problems = listeners.problems(mailboxes);
        if (!problems.isEmpty()) {
            // It stops the deployment. An extension could do so earlier, but does not see the beans of every archive.
            throw new IllegalStateException(String.join("; ", problems));
        }
        for (String name : listeners.mailboxes()) {
            MailListener listener = listeners.listener(name, beans);
            mailboxes.find(name).ifPresent(mailbox -> read(mailbox, mail -> deliver(listener, mail), store));
        }
        mailboxes.bounces().forEach((name, sessions) -> mailboxes.find(name).ifPresent(mailbox ->
                read(mailbox, ofReports(new BounceListener(spool, sessions, bounces::fire)), store)));
        if (!readers.isEmpty()) {
            // A second is little beside any lease, and costs nothing while nothing is to be extended.
            extensions = timer.scheduleWithFixedDelay(() -> readers.forEach(MailboxReader::extend), 1, 1,
                    TimeUnit.SECONDS);
        }
    }

    private MailDelivery ofReports(BounceListener bounced) {
        return mail -> {
            DeliveryReport report = bounced.read(mail);
            deliver(same -> bounced.note(report, same), mail);
        };
    }

    private void read(NamedMailbox mailbox, MailDelivery listener, DeliveryStore store) {
        MailboxReader reader = MailboxReader.of(mailbox, connections, store, listener);
        readers.add(reader);
        listened.add(reader);
        Thread thread = threads.newThread(reader);
        thread.setName("mailroom-mailbox-" + mailbox.name());
        thread.start();
    }

    private void deliver(MailListener listener, ReceivedMail mail) throws Exception {
        Optional<Throwable> failure = transactions.deliver(listener, mail);
        if (failure.isPresent() && failure.get() instanceof UnclaimedMailException unclaimed) {
            throw unclaimed;
        }
        if (failure.isPresent()) {
            throw new ListenerFailedException(failure.get());
        }
    }

    @PreDestroy
    void end() {
        if (extensions != null) {
            extensions.cancel(false);
        }
        readers.forEach(MailboxReader::stop);
        long end = System.nanoTime() + GRACE.toNanos();
        for (MailboxReader reader : readers) {
            listened.remove(reader);
            try {
                if (!reader.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                    LOG.log(System.Logger.Level.WARNING, "MR0853 the listener of mailbox " + reader.name() + " has not"
                            + " ended within " + GRACE.toSeconds() + " s and was interrupted; its mail comes again");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
