package dev.mailroom.jmx;

import java.util.List;

/** A mailbox that has a listener. */
@Description("A mailbox that has a listener.")
public interface MailboxMXBean {
    /** What the configuration calls it. */
    @Description("What the configuration calls it.")
    String getName();

    /** Login, host, port, protocol, folder. */
    @Description("Login, host, port, protocol, folder.")
    String getPlace();

    /** READING, WAITING, ELSEWHERE (another server reads it), TROUBLED, STOPPED. */
    @Description("READING, WAITING, ELSEWHERE (another server reads it), TROUBLED, STOPPED.")
    String getState();

    /** Why it cannot be read; empty = it can. */
    @Description("Why it cannot be read; empty = it can.")
    String getTrouble();

    /** Mails that the listener has handled since the start. */
    @Description("Mails that the listener has handled since the start.")
    long getHandled();

    /** How often the listener has failed since the start. */
    @Description("How often the listener has failed since the start.")
    long getFailures();

    /** Mails that have become dead letters since the start. */
    @Description("Mails that have become dead letters since the start.")
    long getDeadLetters();

    /** Dead letters that are still in the mailbox: identifier, deliveries, what happened last. */
    @Description("Dead letters that are still in the mailbox: identifier, deliveries, what happened last.")
    List<String> getSetAside();

    /** Gives a mail that is set aside to the listener again; false = there is none of that identifier. */
    @Description("Gives a mail that is set aside to the listener again; false = there is none of that identifier.")
    boolean deliverAgain(@Description(name = "identifier", value = "What stands before the blank in SetAside.")
            String identifier);

    /** Looks into the mailbox now. */
    @Description("Looks into the mailbox now.")
    void look();
}
