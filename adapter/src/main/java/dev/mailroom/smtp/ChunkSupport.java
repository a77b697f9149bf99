package dev.mailroom.smtp;

import dev.mailroom.SmtpReply;
import dev.mailroom.smtp.ServerMemory.Flaw;

/** Whether a server that offers CHUNKING understands BDAT, as its answers on one connection and before have shown. */
final class ChunkSupport {
    private final ServerAddress peer;
    private final ServerMemory memory;
    private boolean proven;
    /** It has ended a connection at its first chunk. */
    private boolean suspected;
    private boolean told;
    private boolean ended;

    ChunkSupport(ServerAddress peer, ServerMemory memory) {
        this.peer = peer;
        this.memory = memory;
        this.proven = memory.proven(peer, Flaw.CHUNKS);
        this.told = proven;
        this.suspected = memory.suspected(peer, Flaw.CHUNKS);
    }

    /** It has taken a chunk. */
    void took() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    /**
     * Takes the refusal of a chunk; true = it means BDAT itself. 500 and 502 do; of a server that has never taken a
     * chunk also what else a command gets that is not understood, or for which no DATA came (554), a 521 that speaks of
     * nothing else, and the second time 421 or 521, with which a server ends connections: there may be a proxy before
     * it that knows nothing of BDAT. DATA will tell.
     */
    boolean refusal(SmtpReply reply) {
        String status = reply.enhancedStatus();
        boolean unspecific = status.isEmpty() || status.startsWith("5.5.");
        return switch (reply.code()) {
            case 500, 502 -> true;
            case 501, 503, 504, 555 -> !proven;
            case 554 -> !proven && unspecific;
            case 521 -> !proven && unspecific || wasSuspected();
            case 421 -> wasSuspected();
            default -> !proven && status.equals("5.5.1");
        };
    }

    private boolean wasSuspected() {
        boolean before = suspected;
        suspected = true;
        ended |= !proven;
        return before && !proven;
    }

    /** Lets other connections know. */
    void tell() {
        if (proven && !told) {
            told = true;
            memory.prove(peer, Flaw.CHUNKS);
        } else if (ended && !proven) {
            ended = false;
            memory.suspect(peer, Flaw.CHUNKS);
        }
    }

    /** It does not understand BDAT. */
    void failed() {
        ended = false;
        memory.remember(peer, Flaw.CHUNKS);
    }
}
