package dev.mailroom.receiving;

import java.util.List;

/** The mailboxes that have a listener, for administrators. Thread-safe. */
public interface ListenedMailboxes {
    /** Shows one, in JMX too. */
    void add(ListenedMailbox mailbox);

    /** Shows it no more. */
    void remove(ListenedMailbox mailbox);

    /** Those that are shown. */
    List<ListenedMailbox> all();
}
