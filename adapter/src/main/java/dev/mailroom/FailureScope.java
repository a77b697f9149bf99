package dev.mailroom;

/**
 * Who is affected by a failure, and so who must wait before trying again: the third answer of a {@link Failure}, next
 * to what became of the mail and whether the connection may live. Decided here, from the phase, the reply and what the
 * connection had achieved before. For a permanent failure it says who will get the same failure again.
 */
public enum FailureScope {
    /**
     * This connection only: it had carried mails and has served its time, or the mail merely travelled behind another
     * that cost the connection. Nobody waits: the mail is tried at once on a fresh connection.
     */
    CONNECTION,
    /** This mail; all others go on. */
    MAIL,
    /** Mails of the same reverse-path, and whatever is unclear: others go on until different senders meet it. */
    SENDER,
    /** All mails of the session: its login, its share of the server, or no connection of its own to be had. */
    SESSION,
    /** Everybody who sends to this server. */
    SERVER;

    /**
     * Decides.
     *
     * @param phase where it happened
     * @param reply the server's reply, or {@link SmtpReply#NONE}: the connection was lost or silent
     * @param carried mails that the server had accepted on this connection before; 0 or more
     */
    public static FailureScope of(Phase phase, SmtpReply reply, long carried) {
        return switch (phase) {
            case LEASE, TOKEN, AUTH, SELECT, LIST, FETCH, DELETE, CHANGE, QUIT -> SESSION;
            case RESOLVE, CONNECT, GREETING, EHLO, TLS -> SERVER;
            case CHECK -> MAIL;
            default -> ofTransaction(phase, reply, carried);
        };
    }

    private static FailureScope ofTransaction(Phase phase, SmtpReply reply, long carried) {
        boolean contentBegun = phase == Phase.DATA || phase == Phase.FINAL_DOT;
        if (carried > 0 && wornOut(phase, reply)) {
            return CONNECTION;
        }
        if (reply.isPermanent()) {
            // 530: nothing is possible without a login (RFC 4954, section 6), unless others did, or one recipient is
            // what wants it.
            return reply.code() == 530 && phase == Phase.MAIL && carried == 0 ? SESSION : MAIL;
        }
        if (contentBegun) {
            return MAIL;
        }
        // A server may hang up on what a mail says: so one that costs a fresh connection waits, and others are tried.
        return phase == Phase.RCPT ? MAIL : ofRefusedSender(reply);
    }

    /**
     * Servers that limit the mails of a connection refuse the next one with any 4yz, or with a 5yz that says so, and
     * some stay open (OpenSMTPD: {@code 452 4.5.3} at MAIL), or they hang up. Others count recipients, and refuse them.
     * What is said of a recipient or of an address is about that alone, and a loss after the content may be the
     * content's fault.
     */
    private static boolean wornOut(Phase phase, SmtpReply reply) {
        if (!reply.isPresent()) {
            return phase == Phase.MAIL || phase == Phase.RCPT;
        }
        boolean ofNumber = reply.saysTooManyRecipients() || reply.speaksOfMailsPerConnection();
        boolean ofMail = phase != Phase.RCPT && reply.isTransient() && !reply.enhancedStatus().startsWith("4.1.");
        return reply.code() == 421 || ofNumber || ofMail;
    }

    /** RFC 5321, section 4.2.3, RFC 3463, section 3: what a 4yz or a loss at MAIL on a fresh connection is about. */
    private static FailureScope ofRefusedSender(SmtpReply reply) {
        String status = reply.enhancedStatus();
        boolean ofSystem = status.startsWith("4.3.") || status.startsWith("4.4.") || reply.code() == 421;
        if (reply.code() == 432 || reply.code() == 454 || status.equals("4.5.3")) {
            return SESSION;
        }
        return ofSystem || status.isEmpty() && reply.code() == 452 ? SERVER : SENDER;
    }
}
