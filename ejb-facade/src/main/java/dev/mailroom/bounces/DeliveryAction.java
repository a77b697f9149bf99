package dev.mailroom.bounces;

/** What a server has done with a mail for one recipient (RFC 3464, section 2.3.3). */
public enum DeliveryAction {
    /** It could not be delivered, and nobody tries any more. */
    FAILED,
    /** It was not delivered so far; the server goes on trying. */
    DELAYED,
    /** It is in the mailbox. */
    DELIVERED,
    /** It was handed to a server that sends no reports. */
    RELAYED,
    /** It was handed on to several recipients, of which nothing more is told. */
    EXPANDED
}
