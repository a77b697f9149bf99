package dev.mailroom.facade.option;

/** How {@code emailGetAll} reads mails, in WLanguage's words. */
public enum EmailReadOption {
    /** {@code ertHeader}, which is also the default: headers now, each rest when it is asked for. */
    ERT_HEADER,
    /** {@code ertFull}: whole mails at once. */
    ERT_FULL,
    /** {@code ertNotRead}: only mails that were not read before; IMAP only. */
    ERT_NOT_READ,
    /** {@code ertAsynchronous}: the list at once, each mail when it is asked for. */
    ERT_ASYNCHRONOUS
}
