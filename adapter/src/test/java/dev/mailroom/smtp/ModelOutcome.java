package dev.mailroom.smtp;

import dev.mailroom.Delivery;

/**
 * The reference: what must become of each mail, told from nothing but the replies that reached the client, in order,
 * and from whether the whole content was written. Replies after the first that makes no sense do not count.
 */
final class ModelOutcome {
    private final ModelServer server;
    /** The dialogue has ended at some reply. */
    private boolean over;
    private boolean closing;

    ModelOutcome(ModelServer server) {
        this.server = server;
    }

    /** To be asked for each mail in turn. */
    Delivery of(ModelMail mail) {
        if (server.unfit.contains(mail.number)) {
            return Delivery.NOT_SENT;
        }
        boolean refused = false;
        int answered = 0;
        int refusals = 0;
        for (ModelReply reply : server.replies) {
            if (over || reply.mail() != mail.number || reply.end() > server.read()) {
                continue;
            }
            int code = reply.code();
            boolean no = code >= 400;
            if (code == 421) {
                over = true;
                closing = true;
                return mail.sourceFailed ? Delivery.NOT_SENT : Delivery.REJECTED;
            }
            if (code == 0 || !no && !reply.step().agrees(code) || no && reply.step() == Step.RESET) {
                over = true;
                break;
            }
            if (reply.chunk() && !refused && (code == 500 || code == 502)) {
                over = true;
                return Delivery.NOT_SENT;
            }
            if (reply.step() == Step.RECIPIENT) {
                answered++;
                refusals += no ? 1 : 0;
                refused |= answered == mail.recipients && refusals > 0
                        && (!mail.partial || refusals == mail.recipients);
            } else if (reply.step() == Step.END && !no) {
                over = refused;
                return refused ? Delivery.IN_DOUBT : Delivery.SENT;
            } else {
                refused |= no;
            }
        }
        return mail.sourceFailed ? Delivery.NOT_SENT : refused ? Delivery.REJECTED : unanswered(mail);
    }

    private Delivery unanswered(ModelMail mail) {
        over = true;
        return server.ended.contains(mail.number) && !closing ? Delivery.IN_DOUBT : Delivery.NOT_SENT;
    }
}
