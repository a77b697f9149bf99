package dev.mailroom.connector;

import dev.mailroom.Deadline;
import dev.mailroom.SmtpException;
import dev.mailroom.arrival.MailboxReader;
import dev.mailroom.arrival.MemoryDeliveries;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingConnection;
import dev.mailroom.receiving.ReceivingConnectionFactory;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.MailStore;
import dev.mailroom.store.StoreOpener;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkManager;
import java.time.Duration;
import javax.naming.Reference;

/** A message-driven bean's mailbox, read for as long as the bean is deployed. */
final class EndpointActivation {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final MailboxReader reader;

    private EndpointActivation(MailboxReader reader) {
        this.reader = reader;
    }

    static EndpointActivation start(BootstrapContext context, StoreOpener opener, MessageEndpointFactory endpoints,
            MailboxActivationSpec spec) throws ResourceException {
        spec.validate();
        NamedMailbox mailbox = spec.settings();
        LOG.log(System.Logger.Level.INFO, "MR0816 the resource adapter reads the mailbox " + mailbox.name()
                + " for a message-driven bean; which of its mails have failed is remembered until the adapter stops,"
                + " and no other server may read it");
        MailboxReader reader = MailboxReader.of(mailbox, new DirectMailboxes(opener), new MemoryDeliveries(),
                new EndpointDelivery(endpoints, context.getTransactionSynchronizationRegistry()));
        context.getWorkManager().scheduleWork(new ReaderWork(reader), WorkManager.INDEFINITE, null, null);
        return new EndpointActivation(reader);
    }

    void stop() {
        reader.stop();
        try {
            if (!reader.awaitEnd(GRACE)) {
                LOG.log(System.Logger.Level.WARNING, "MR0817 the message-driven bean of mailbox " + reader.name()
                        + " has not ended within " + GRACE.toSeconds() + " s and was interrupted; its mail comes"
                        + " again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A reader on a thread of the server. */
    private record ReaderWork(MailboxReader reader) implements Work {
        @Override
        public void run() {
            reader.run();
        }

        @Override
        public void release() {
            reader.stop();
        }
    }

    /** Opens mailboxes one by one: readers keep theirs. */
    private record DirectMailboxes(StoreOpener opener) implements ReceivingConnectionFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public ReceivingConnection getConnection(ReceivingSettings settings) throws SmtpException {
            MailStore store = opener.open(settings, Deadline.after(settings.server().timeouts().send()));
            return new MailboxHandle(store, store::close);
        }

        @Override
        public void setReference(Reference reference) {
            throw new UnsupportedOperationException("it is not bound");
        }

        @Override
        public Reference getReference() {
            throw new UnsupportedOperationException("it is not bound");
        }
    }
}
