package dev.mailroom.smtp;

import dev.mailroom.MailData;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * Sends the content of one mail: after DATA with dots (RFC 5321, section 4.1.1.4), or in chunks with BDAT (RFC 3030).
 * While it writes it looks whether the server has answered already, for one that refuses and stops reading would
 * otherwise never be heard.
 */
final class ContentCommands {
    /** Room for the longest {@code BDAT n LAST} line. */
    private static final int HEADER = "BDAT 1234567 LAST\r\n".length();
    /** Replies left unread while chunks go out; fits in any receive buffer. */
    private static final int MOST_UNREAD = 64;

    private final Wire wire;
    private final Cork cork;
    private final Flight flight;
    private final ReplyReader replies;
    private final ContentStream stream;
    private final int mostUnread;
    private Transaction mail;
    private long chunkAt;
    private boolean stopped;
    private IOException trouble;

    ContentCommands(Wire wire, Cork cork, Flight flight, ReplyReader replies, boolean pipelining) {
        this.wire = wire;
        this.cork = cork;
        this.flight = flight;
        this.replies = replies;
        this.stream = new ContentStream(cork);
        // RFC 3030, section 4.2: without PIPELINING each chunk waits for the reply to the one before.
        this.mostUnread = pipelining ? MOST_UNREAD : 0;
    }

    /** Writes the content and the final dot into the cork; what does not fit there is sent. */
    void withDot(Transaction next) throws IOException, UnreadableException {
        begin(next, true, this::leave);
        write(next.mail.data());
        if (cork.room() < 3) {
            leave();
        }
        endWithDot(AwaitedReply.END);
        next.endAt = cork.position();
    }

    /** Ends a DATA whose mail no recipient gets. */
    void loneDot() {
        endWithDot(AwaitedReply.LONE_DOT);
    }

    private void endWithDot(AwaitedReply step) {
        cork.put('.');
        cork.endLine();
        flight.expect(step, cork.position());
    }

    /** Writes the content in as few chunks as fit into the cork. Stops, without LAST, when a chunk is refused. */
    void inChunks(Transaction next) throws IOException, UnreadableException {
        next.chunked = true;
        long needed = next.mail.data().size() + HEADER;
        boolean betterAlone = needed > cork.room() && needed <= Buffers.SIZE;
        if (betterAlone) {
            flight.flush();
        }
        flight.makeRoom();
        begin(next, false, this::chunkFull);
        openChunk();
        try {
            write(next.mail.data());
        } catch (UnreadableException e) {
            cork.truncate(chunkAt);
            throw e;
        }
        if (stopped) {
            // What the writer wrote all the same belongs to no chunk: the server would take it for commands.
            cork.truncate(chunkAt);
        } else {
            closeChunk(true);
            next.endAt = cork.position();
        }
    }

    private void begin(Transaction next, boolean dots, ContentStream.Overflow whenFull) {
        mail = next;
        mail.contentAt = cork.position();
        stopped = false;
        trouble = null;
        stream.begin(dots, whenFull);
    }

    private void write(MailData data) throws IOException, UnreadableException {
        try {
            data.writeTo(stream);
            stream.finish();
        } catch (IOException | RuntimeException e) {
            if (trouble == null && !stopped) {
                throw new UnreadableException(e);
            }
        }
        if (trouble != null) {
            throw trouble;
        }
    }

    private void leave() throws IOException {
        rethrowTrouble();
        try {
            try {
                flight.flush();
            } catch (IOException e) {
                if (!somethingCame()) {
                    throw e;
                }
            }
            if (somethingCame()) {
                earlyReply();
            }
        } catch (IOException e) {
            trouble = e;
            throw e;
        }
    }

    private boolean somethingCame() {
        try {
            return replies.buffered() > 0 || wire.waiting() > 0;
        } catch (IOException e) {
            // The connection is lost; the next read or write reports why.
            return false;
        }
    }

    /** The server answers before the final dot: it has taken nothing, and without the dot it must not (RFC 5321). */
    private void earlyReply() throws IOException {
        int code = replies.next();
        if (code >= 400) {
            mail.refuse(AwaitedReply.END.phase, replies.reply());
        }
        throw code == ClosingException.CODE ? new ClosingException(replies.reply())
                : new ProtocolException("it answered " + code + " before the end of the content");
    }

    private void chunkFull() throws IOException {
        rethrowTrouble();
        try {
            closeChunk(false);
            flight.flush();
            flight.answerWhatHasCome(wire);
            if (flight.awaited() > mostUnread) {
                flight.drain(mostUnread / 2);
            }
        } catch (IOException e) {
            trouble = e;
            throw e;
        }
        if (mail.isRefused()) {
            stopped = true;
            chunkAt = cork.position();
            rethrowTrouble();
        }
        openChunk();
    }

    /** The code that writes the content may have ignored the exception and go on writing. */
    private void rethrowTrouble() throws IOException {
        if (trouble != null) {
            throw trouble;
        }
        if (stopped) {
            throw new IOException("the server has refused the mail");
        }
    }

    private void openChunk() {
        chunkAt = cork.position();
        cork.gap(HEADER);
    }

    private void closeChunk(boolean last) {
        long size = cork.position() - chunkAt - HEADER;
        cork.fillGap(chunkAt, HEADER, "BDAT " + size + (last ? " LAST\r\n" : "\r\n"));
        flight.expect(last ? AwaitedReply.END : AwaitedReply.CHUNK, chunkAt);
    }

    /** Lets the last mail go. */
    void forget() {
        mail = null;
    }
}
