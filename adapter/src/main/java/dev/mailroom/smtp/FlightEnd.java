package dev.mailroom.smtp;

import dev.mailroom.Delivery;
import dev.mailroom.Phase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The connection is lost: what it says of the server, and what became of every mail in flight. */
final class FlightEnd {
    /** The server should close the connection at once. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private final Flight flight;
    private final Cork cork;
    private final Verdicts verdicts;
    private final ChunkSupport chunks;
    private boolean behind;
    private boolean needless;

    FlightEnd(Flight flight, Cork cork, Verdicts verdicts, ChunkSupport chunks) {
        this.flight = flight;
        this.cork = cork;
        this.verdicts = verdicts;
        this.chunks = chunks;
    }

    /** Whether the server hung up on the first chunk that it ever got, or said nothing to it. */
    boolean chunksFailed(IOException cause) {
        boolean ours = cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
        return !chunks.isProven() && !ours && !(cause instanceof ClosingException) && flight.firstMail() != null
                && flight.firstMail().chunked && contentAsked();
    }

    private boolean contentAsked() {
        AwaitedReply step = flight.nextAwaited();
        return step == AwaitedReply.CHUNK || step == AwaitedReply.END;
    }

    /**
     * Whether the failure looks as if the server could not cope with several commands in one write: it answered out of
     * step, or said nothing more in the middle of a group. It may take its time over a content, and our own deadline
     * or an interrupt says nothing about it.
     */
    boolean groupFailed(IOException cause) {
        boolean swallowed = cause instanceof SocketTimeoutException && flight.groupBroken();
        return cause instanceof OutOfStepException || swallowed && flight.beforeEnd();
    }

    /**
     * Reads what replies there are and says of every mail what became of it.
     *
     * @return whether mails are in doubt that would not be, had their contents waited for the replies before
     */
    boolean lost(IOException cause, Wire wire) {
        IOException reason = cause;
        flight.losing();
        if (cork.failed()) {
            try {
                // A write fails, but what the server said before, such as why it hung up, may still be there.
                flight.answerWhatHasCome(wire);
            } catch (IOException e) {
                reason = e instanceof ClosingException ? e : cause;
            }
        }
        Transaction told = flight.closing() ? flight.firstMail() : null;
        wire.limitSilence(LONGEST_SILENCE);
        answerBehindClosing();
        // The mail that got the 421 may have its outcome already: the others are behind it.
        behind = told != null && flight.firstMail() != told;
        judgeAll(reason);
        return needless;
    }

    /**
     * Against RFC 5321, section 3.8, a server may say 421 and go on with what it has got already. A whole content that
     * it has may be accepted yet, and would come twice if it were sent again: its reply is awaited until the server
     * closes the connection, or is silent for some seconds.
     */
    private void answerBehindClosing() {
        boolean closing = flight.closing();
        while (closing) {
            flight.passClosing();
            try {
                while (flight.wholeContentAwaited()) {
                    flight.answer();
                }
                return;
            } catch (IOException e) {
                closing = e instanceof ClosingException;
            }
        }
    }

    private void judgeAll(IOException reason) {
        Phase phase = phase();
        boolean asked = contentAsked();
        flight.endAll(mail -> {
            if (mail.outcome == null) {
                mail.outcome = verdicts.lost(mail, behind ? Phase.MAIL : phase, cork.handed(), reason, behind,
                        flight.carried());
            }
            needless |= mail.outcome.delivery() == Delivery.IN_DOUBT && (behind || !asked);
            behind = true;
        });
    }

    private Phase phase() {
        if (flight.nextAwaited() != null) {
            return flight.nextAwaited().phase;
        }
        return flight.firstMail() == null || !flight.firstMail().goAhead ? Phase.MAIL : Phase.DATA;
    }
}
