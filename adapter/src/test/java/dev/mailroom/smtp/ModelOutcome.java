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
    private boolean carried;
    private boolean wornOut;
    private boolean chunkTaken;

    ModelOutcome(ModelServer server) {
        this.server = server;
    }

    /** Whether the connection broke, or ended, with a mail so far. */
    boolean over() {
        return over;
    }

    /** Whether the last mail was refused for the time being, apart from its recipients, after others had gone. */
    boolean wornOut() {
        return wornOut;
    }

    /** To be asked for each mail in turn. */
    Delivery of(ModelMail mail) {
        wornOut = false;
        Delivery delivery = decide(mail);
        carried |= delivery == Delivery.SENT;
        return delivery;
    }

    private Delivery decide(ModelMail mail) {
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
            if (code == 0 || !no && !reply.step().agrees(code) || no && reply.step() == AwaitedReply.RESET) {
                over = true;
                break;
            }
            if (reply.chunk() && !refused && chunksUnknown(code)) {
                over = true;
                return Delivery.NOT_SENT;
            }
            chunkTaken |= reply.chunk() && !no;
            if (reply.step() != AwaitedReply.RECIPIENT && no && !refused) {
                wornOut = code < 500 && carried;
            }
            if (reply.step() == AwaitedReply.RECIPIENT) {
                answered++;
                refusals += no ? 1 : 0;
                refused |= answered == mail.recipients && refusals > 0
                        && (!mail.partial || refusals == mail.recipients);
            } else if (reply.step() == AwaitedReply.END && !no) {
                over = refused;
                return refused ? Delivery.IN_DOUBT : Delivery.SENT;
            } else {
                refused |= no;
            }
        }
        return mail.sourceFailed ? Delivery.NOT_SENT : refused ? Delivery.REJECTED : unanswered(mail);
    }

    /** A server that has taken a chunk knows what it refuses. */
    private boolean chunksUnknown(int code) {
        return code == 500 || code == 502 || !chunkTaken && (code == 501 || code == 503 || code == 521 || code == 554);
    }

    private Delivery unanswered(ModelMail mail) {
        over = true;
        return server.ended.contains(mail.number) && !closing ? Delivery.IN_DOUBT : Delivery.NOT_SENT;
    }
}
