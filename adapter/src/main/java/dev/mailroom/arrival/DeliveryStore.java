package dev.mailroom.arrival;

import dev.mailroom.receiving.SetAsideMail;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What is remembered of mailboxes and of mails on their way to a listener: who reads, how often a mail was given away,
 * which are set aside. Each call is a transaction of its own and blocks for it. Thread-safe.
 */
public interface DeliveryStore {
    /** How long a reader keeps a mailbox without extending it. */
    Duration lease();

    /** Takes a mailbox, or extends it; false = another reader has it. */
    boolean take(String mailbox) throws DeliveryStoreException;

    /** Gives a mailbox back, if it is held. */
    void giveBack(String mailbox) throws DeliveryStoreException;

    /** Gives every mailbox back, whoever holds it: for the only server that uses the store, when it starts. */
    void giveAllBack() throws DeliveryStoreException;

    /** Notes that a mail is about to be given to the listener; how often that makes it. */
    int begin(String mailbox, String identifier) throws DeliveryStoreException;

    /** Notes why the listener has failed. */
    void failed(String mailbox, String identifier, String error) throws DeliveryStoreException;

    /** Sets a mail aside. */
    void setAside(String mailbox, SetAsideMail mail) throws DeliveryStoreException;

    /** Those that are set aside. */
    List<SetAsideMail> setAside(String mailbox) throws DeliveryStoreException;

    /** Forgets a mail: it is done, or to be as if it were new. False = nothing was known of it. */
    boolean forget(String mailbox, String identifier) throws DeliveryStoreException;

    /** Forgets every mail of the mailbox but these. */
    void keepOnly(String mailbox, Collection<String> identifiers) throws DeliveryStoreException;
}
