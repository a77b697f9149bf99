package dev.mailroom.connector;

import dev.mailroom.Failure;
import dev.mailroom.SmtpReply;
import java.util.Locale;

/**
 * Recognises a server that says "too many connections", or "too many mails on this one": the answer is to use fewer,
 * or the next, not to fail.
 *
 * <p>Sources: RFC 5321, section 4.2.3 (421); RFC 3463 (x.7.0, x.3.2, x.4.5); Exchange Online answers
 * {@code 432 4.3.2 Concurrent connections limit exceeded}, Postfix {@code 421 4.7.0 ... too many connections},
 * Amazon SES {@code 454 Throttling failure}.
 */
final class ServerLimits {
    private ServerLimits() {
    }

    static boolean tooManyConnections(Failure failure) {
        SmtpReply reply = failure.reply();
        if (!reply.isTransient()) {
            return false;
        }
        String text = reply.text().toLowerCase(Locale.ROOT);
        return reply.code() == 432
                || reply.code() == 421 && (reply.enhancedStatus().equals("4.7.0") || speaksOfConnections(text))
                || reply.code() == 454 && (reply.enhancedStatus().equals("4.7.0") || text.contains("throttl"))
                || reply.code() == 450 && speaksOfConnections(text)
                || reply.code() == 451 && speaksOfConnections(text);
    }

    /**
     * OpenSMTPD: {@code 452 4.5.3 Too many recipients: Too many messages sent}; Exim: {@code 421 too many messages in
     * this connection}; Postfix and Exchange: {@code 421 4.7.0 too many messages this session}; Momentum: {@code 452
     * 4.5.3 Service unavailable, batch limit reached}. A number of recipients tells no number of mails.
     */
    static boolean tooManyMails(SmtpReply reply) {
        String text = reply.text().toLowerCase(Locale.ROOT);
        boolean ofMails = text.contains("too many") && (text.contains("message") || text.contains("mail")
                || text.contains("transaction"));
        return reply.speaksOfMailsPerConnection() || reply.isTransient() && ofMails
                || reply.enhancedStatus().endsWith(".5.3") && !text.contains("recipient");
    }

    /** RFC 3463, x.4 and x.3.2: it was silent for too long, or the server goes down; no number of mails is to blame. */
    static boolean endsIdleConnection(SmtpReply reply) {
        return reply.enhancedStatus().startsWith("4.4.") || reply.enhancedStatus().equals("4.3.2");
    }

    private static boolean speaksOfConnections(String text) {
        return text.contains("connection") && (text.contains("too many") || text.contains("limit")
                || text.contains("concurrent") || text.contains("exceeded"));
    }
}
