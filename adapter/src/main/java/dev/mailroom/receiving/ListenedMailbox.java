package dev.mailroom.receiving;

import java.util.List;

/** A mailbox that has a listener, as administrators see it. Thread-safe. */
public interface ListenedMailbox {
    /** What happens to it. */
    enum ReadingState {
        /** Its mails are read and given to the listener. */
        READING,
        /** No mail waits; the server tells of new ones, or the next look is due later. */
        WAITING,
        /** Another server reads it. */
        ELSEWHERE,
        /** It cannot be read now; the next attempt is due later. */
        TROUBLED,
        /** The application is being stopped. */
        STOPPED
    }

    /** What the mailbox is called. */
    String name();

    /** Whose it is and where: login, host, port, protocol, folder. */
    String place();

    /** What happens to it now. */
    ReadingState state();

    /** Why it cannot be read; empty = it can. */
    String trouble();

    /** How many mails its listener has handled since the start. */
    long handled();

    /** How often its listener has failed since the start. */
    long failures();

    /** How many mails have become dead letters since the start. */
    long deadLetters();

    /**
     * The dead letters that are still in the mailbox; blocks for the database.
     *
     * @throws IllegalStateException when the database cannot be asked
     */
    List<SetAsideMail> setAside();

    /**
     * Gives such a mail to the listener again, as if it were new; blocks for the database.
     *
     * @return false = there is none of that identifier
     * @throws IllegalStateException when the database cannot be asked
     */
    boolean deliverAgain(String identifier);

    /** Looks into the mailbox now, if it is this server that reads it and nothing is just being read. */
    void look();
}
