package dev.mailroom.smtp;

import dev.mailroom.SmtpReply;
import java.io.IOException;

/**
 * The server has said 421: it closes the connection and does nothing that it has not answered for yet (RFC 5321,
 * section 3.8), so the mails behind the one that got the 421 are not sent.
 */
final class ClosingException extends IOException {
    static final int CODE = 421;
    private static final long serialVersionUID = 1L;

    private final transient SmtpReply reply;

    ClosingException(SmtpReply reply) {
        super(reply.toString());
        this.reply = reply;
    }

    SmtpReply reply() {
        return reply;
    }
}
