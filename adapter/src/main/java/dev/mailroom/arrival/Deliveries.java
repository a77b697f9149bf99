package dev.mailroom.arrival;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivedMail;
import dev.mailroom.receiving.SetAsideMail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Gives the mails of a mailbox to its listener, and does with each what is to be done then. For one thread. */
final class Deliveries {
    private final NamedMailbox mailbox;
    private final String key;
    private final DeliveryStore store;
    private final MailDelivery listener;
    private final ArrivalCounts counts;
    private final ArrivalLog log;
    private final BooleanSupplier goesOn;
    private final Retries retries;
    /** Handled, but it is not confirmed yet that they do not come again. */
    private final Set<String> handled = new HashSet<>();
    /** Not for the listener. */
    private final Set<String> unclaimed = new HashSet<>();

    /**
     * Deliveries.
     *
     * @param key under which the store knows the mailbox
     * @param goesOn whether one more mail may be delivered
     */
    Deliveries(NamedMailbox mailbox, String key, DeliveryStore store, MailDelivery listener, ArrivalCounts counts,
            ArrivalLog log, BooleanSupplier goesOn, LongSupplier nanos) {
        this.mailbox = mailbox;
        this.key = key;
        this.store = store;
        this.listener = listener;
        this.counts = counts;
        this.log = log;
        this.goesOn = goesOn;
        this.retries = new Retries(mailbox.arrival().interval(), nanos);
    }

    /** Until the next look, unless there is news before. */
    Duration nextLook(Duration interval) {
        return retries.next(interval);
    }

    /** Looks through the mailbox once; whether mails are left that could be delivered at once. */
    boolean pass(ArrivalSource source)
            throws SmtpException, DeliveryStoreException, ListenerUnavailableException {
        List<MessageEntry> waiting = source.waiting();
        Set<String> aside = aside(waiting);
        int left = source.most();
        for (MessageEntry mail : waiting) {
            String identifier = mail.identifier();
            if (aside.contains(identifier) || unclaimed.contains(identifier) || !retries.isDue(identifier)) {
                continue;
            }
            if (!goesOn.getAsBoolean() || left-- <= 0) {
                return true;
            }
            if (handled.contains(identifier)) {
                done(source, mail);
            } else {
                deliver(source, mail);
            }
        }
        return false;
    }

    /** What was done is final. */
    void settled() {
        handled.clear();
    }

    private Set<String> aside(List<MessageEntry> waiting) throws DeliveryStoreException {
        Set<String> aside = store.setAside(key).stream().map(SetAsideMail::identifier).collect(Collectors.toSet());
        Set<String> there = waiting.stream().map(MessageEntry::identifier).collect(Collectors.toSet());
        unclaimed.retainAll(there);
        if (!there.containsAll(aside)) {
            // Somebody has deleted them, or taken them elsewhere.
            store.keepOnly(key, there);
        }
        return aside;
    }

    private void deliver(ArrivalSource source, MessageEntry mail)
            throws SmtpException, DeliveryStoreException, ListenerUnavailableException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            if (!source.read(mail, content)) {
                return;
            }
        } catch (SmtpException e) {
            if (!e.failure().reusable() || e.failure().isTransient()) {
                throw e;
            }
            // It is too large, for instance: it will never be read.
            bury(source, new Dead(mail, 0, e.getMessage()));
            return;
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
        int delivery = store.begin(key, mail.identifier());
        if (delivery > mailbox.arrival().maxDeliveries()) {
            bury(source, new Dead(mail, delivery - 1, "the process ended each time while its listener had it"));
            return;
        }
        if (given(source, new ReceivedMail(mailbox.name(), mail, delivery, content.toByteArray()))) {
            handled.add(mail.identifier());
            counts.oneHandled();
            done(source, mail);
        }
    }

    private boolean given(ArrivalSource source, ReceivedMail mail)
            throws SmtpException, DeliveryStoreException, ListenerUnavailableException {
        try {
            listener.deliver(mail);
            // What a listener leaves behind must not end a read of ours.
            Thread.interrupted();
            return true;
        } catch (ListenerUnavailableException e) {
            throw e;
        } catch (UnclaimedMailException e) {
            unclaimed.add(mail.entry().identifier());
            store.forget(key, mail.entry().identifier());
            return false;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
            failed(source, mail, e);
            return false;
        }
    }

    private void failed(ArrivalSource source, ReceivedMail mail, Throwable failure)
            throws SmtpException, DeliveryStoreException {
        String identifier = mail.entry().identifier();
        int most = mailbox.arrival().maxDeliveries();
        boolean last = mail.delivery() >= most;
        Thread.interrupted();
        counts.oneFailed();
        log.failed(identifier, mail.delivery(), most,
                last ? Duration.ZERO : retries.failed(identifier, mail.delivery()), failure);
        store.failed(key, identifier, failure.toString());
        if (last) {
            bury(source, new Dead(mail.entry(), mail.delivery(), failure.toString()));
        }
    }

    private void done(ArrivalSource source, MessageEntry mail) throws SmtpException, DeliveryStoreException {
        source.done(mail);
        retries.forget(mail.identifier());
        store.forget(key, mail.identifier());
    }

    /** A dead letter. */
    private record Dead(MessageEntry mail, int deliveries, String error) {
    }

    private void bury(ArrivalSource source, Dead dead) throws SmtpException, DeliveryStoreException {
        String identifier = dead.mail.identifier();
        counts.oneDead();
        retries.forget(identifier);
        if (source.bury(dead.mail)) {
            store.forget(key, identifier);
            log.buried(identifier, "moved to \"" + mailbox.arrival().deadLetterFolder() + "\"", dead.error);
        } else {
            store.setAside(key, new SetAsideMail(identifier, dead.deliveries, dead.error));
            log.buried(identifier, "left where it is and not delivered again", dead.error);
        }
    }
}
