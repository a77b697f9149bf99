package dev.mailroom.listening;

import dev.mailroom.arrival.DeliveryStore;
import dev.mailroom.arrival.DeliveryStoreException;
import dev.mailroom.arrival.MemoryDeliveries;
import dev.mailroom.receiving.SetAsideMail;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.service.Spool;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What the spool's database remembers, which is opened when it is first needed; without a database, what memory does.
 */
final class SpoolDeliveries implements DeliveryStore {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.receiving");

    private final Spool spool;
    private DeliveryStore store;

    SpoolDeliveries(Spool spool) {
        this.spool = spool;
    }

    private synchronized DeliveryStore store() throws DeliveryStoreException {
        if (store == null) {
            try {
                store = spool.deliveries().orElseGet(SpoolDeliveries::inMemory);
            } catch (SpoolException | RuntimeException e) {
                throw new DeliveryStoreException("the spool's database cannot be opened: " + e.getMessage(), e);
            }
        }
        return store;
    }

    private static DeliveryStore inMemory() {
        LOG.log(System.Logger.Level.WARNING, "MR0852 there is no spool database (neither mailroom.spool.datasource nor"
                + " the engine H2): which mails have failed, and which are set aside, is remembered until the"
                + " application ends, and no other server may read the same mailboxes");
        return new MemoryDeliveries();
    }

    @Override
    public Duration lease() {
        try {
            return store().lease();
        } catch (DeliveryStoreException e) {
            // Nothing can be held then.
            return Duration.ofMinutes(1);
        }
    }

    @Override
    public boolean take(String mailbox) throws DeliveryStoreException {
        return store().take(mailbox);
    }

    @Override
    public void giveBack(String mailbox) throws DeliveryStoreException {
        store().giveBack(mailbox);
    }

    @Override
    public void giveAllBack() throws DeliveryStoreException {
        store().giveAllBack();
    }

    @Override
    public int begin(String mailbox, String identifier) throws DeliveryStoreException {
        return store().begin(mailbox, identifier);
    }

    @Override
    public void failed(String mailbox, String identifier, String error) throws DeliveryStoreException {
        store().failed(mailbox, identifier, error);
    }

    @Override
    public void setAside(String mailbox, SetAsideMail mail) throws DeliveryStoreException {
        store().setAside(mailbox, mail);
    }

    @Override
    public List<SetAsideMail> setAside(String mailbox) throws DeliveryStoreException {
        return store().setAside(mailbox);
    }

    @Override
    public boolean forget(String mailbox, String identifier) throws DeliveryStoreException {
        return store().forget(mailbox, identifier);
    }

    @Override
    public void keepOnly(String mailbox, Collection<String> identifiers) throws DeliveryStoreException {
        store().keepOnly(mailbox, identifiers);
    }
}
