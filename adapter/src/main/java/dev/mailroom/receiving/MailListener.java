package dev.mailroom.receiving;

/** Hears of mails that arrive in a mailbox, one after another. */
@FunctionalInterface
public interface MailListener {
    /**
     * Handles a mail, in a JTA transaction of its own where there are transactions. Once that has committed the mail
     * is done and does not come again; a mail whose listener fails comes again later. At least once: after a crash, or
     * where the server was lost at that moment, a mail that was handled may come again.
     *
     * @throws Exception any exception, and a transaction that is marked for rollback, is a failure
     */
    void onMail(ReceivedMail mail) throws Exception;
}
