package dev.mailroom.smtp;

import dev.mailroom.Failure;
import dev.mailroom.FailureScope;
import dev.mailroom.Outcome;
import dev.mailroom.SmtpReply;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What was written and is not answered yet: the steps in order, and the mails they belong to. Each reply goes to the
 * first step, each outcome to its mail, in the order of the mails.
 */
final class Flight {
    private final Cork cork;
    private final ReplyReader replies;
    private final Verdicts verdicts;
    private final DialogueLog log;
    private final Wire wire;
    private final ChunkSupport chunks;
    private final ArrayDeque<AwaitedReply> awaited = new ArrayDeque<>();
    private final ArrayDeque<Transaction> mails = new ArrayDeque<>();
    private Consumer<Transaction> settled = mail -> { };
    private SmtpReply acceptance = SmtpReply.NONE;
    private boolean logging;
    private boolean groupAnswered;
    private boolean resetDue;
    private boolean losing;
    /** The first step that is awaited was answered with 421. */
    private boolean closing;
    private boolean wornOut;
    private long carried;
    private final LongSupplier nanoTime;
    private long octets;
    private long heardAt;

    Flight(Cork cork, ReplyReader replies, Verdicts verdicts, DialogueLog log, Wire wire, ChunkSupport chunks,
            LongSupplier nanoTime) {
        this.wire = wire;
        this.chunks = chunks;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
        this.cork = cork;
        this.replies = replies;
        this.verdicts = verdicts;
        this.log = log;
    }

    /** Every mail's outcome is told there, in the order of the mails. */
    void begin(Consumer<Transaction> listener) {
        settled = listener;
        logging = log.isOn();
        tellWire();
    }

    /** Tells nobody any more. */
    void forgetListener() {
        settled = nobody -> { };
    }

    void add(Transaction mail) {
        mails.add(mail);
        octets += mail.mail.data().size();
    }

    /** The command that begins at that position of the cork is written for the last mail added. */
    void expect(AwaitedReply step, long from) {
        awaited.add(step);
        mails.getLast().awaited++;
        if (logging && step != AwaitedReply.END && step != AwaitedReply.CHUNK) {
            log.sent(cork.since(from));
        }
    }

    int awaited() {
        return awaited.size();
    }

    int mailsInFlight() {
        return mails.size();
    }

    /** Octets of content in flight. */
    long octets() {
        return octets;
    }

    /** Whether the next reply belongs to a step before the end of a content. */
    boolean beforeEnd() {
        return !awaited.isEmpty() && awaited.peek() != AwaitedReply.END;
    }

    /** Whether a mail sent with BDAT is on its way that the server might refuse: only RSET ends it then (RFC 3030). */
    boolean chunksUndecided() {
        for (Transaction mail : mails) {
            if (mail.chunked) {
                return true;
            }
        }
        return false;
    }

    /** Whether a mail failed so that the server may still have a mail transaction open. */
    boolean resetDue() {
        return resetDue;
    }

    void resetDone() {
        resetDue = false;
    }

    /** Nothing more will be written for the mail. */
    void close(Transaction mail) {
        mail.closed = true;
        settle();
    }

    /** Lets everything out and reads until no more than so many replies are awaited. */
    void drain(int rest) throws IOException {
        flush();
        answerAllBut(rest);
        if (awaited.isEmpty() && replies.buffered() > 0) {
            throw new ProtocolException("it sent more replies than it got commands");
        }
    }

    /** Lets everything out and reads until that few mails are in flight, and what else has come. */
    void drainMails(int mostMails, long mostOctets) throws IOException {
        flush();
        while (mails.size() > mostMails || octets > mostOctets || replies.buffered() > 0 && !awaited.isEmpty()) {
            answer();
        }
        heard();
    }

    /**
     * Asks a server that was silent for long whether it is there, before contents that wait in the cork are handed out
     * and would be in doubt without it: lets out what stands before the first of them, or, where nothing does, that
     * one alone, and awaits the answers.
     *
     * @return whether there was such a content
     */
    boolean sendAhead() throws IOException {
        long handed = cork.handed();
        long until = 0;
        int behind = 0;
        for (Transaction mail : mails) {
            if (until > 0) {
                behind += mail.awaited;
            } else if (mail.endWaits(handed)) {
                boolean envelopeWaits = mail.contentAt > handed;
                until = envelopeWaits ? mail.contentAt : mail.endAt;
                behind = envelopeWaits ? 1 : 0;
            }
        }
        if (until > 0) {
            groupAnswered = false;
            tellWire();
            cork.flushTo(until);
            answerAllBut(behind);
        }
        return until > 0;
    }

    private void answerAllBut(int rest) throws IOException {
        if (awaited.size() > rest) {
            while (awaited.size() > rest) {
                answer();
            }
            heard();
        }
    }

    /** The server has just said something. */
    void heard() {
        heardAt = nanoTime.getAsLong();
    }

    boolean silentFor(long nanos) {
        return nanoTime.getAsLong() - heardAt >= nanos;
    }

    void flush() throws IOException {
        groupAnswered = groupAnswered && cork.isEmpty();
        tellWire();
        cork.flush();
    }

    /** For a command. */
    void makeRoom() throws IOException {
        if (cork.room() < Cork.LONGEST_COMMAND) {
            flush();
        }
    }

    /** Replies to earlier commands may be held back with that to the end (RFC 2920), so it counts for all of them. */
    private void tellWire() {
        Transaction first = mails.peek();
        boolean handed = first != null && first.endSeen(cork.handed());
        // The first may have been refused before its end; an iterator for each reply would be garbage.
        if (!handed && mails.size() > 1) {
            for (Transaction mail : mails) {
                handed |= mail.endSeen(cork.handed());
            }
        }
        wire.awaitFinalReply(handed && !losing);
    }

    /** Reads the replies that have come already, as far as that can be told without waiting. */
    void answerWhatHasCome(Wire wire) throws IOException {
        while (!awaited.isEmpty() && (replies.buffered() > 0 || wire.waiting() > 0)) {
            answer();
        }
    }

    /** Reads one reply. */
    void answer() throws IOException {
        AwaitedReply step = awaited.peek();
        Transaction mail = mails.peek();
        tellWire();
        int code = replies.next();
        groupAnswered = true;
        if (logging) {
            log.received(replies.reply());
        }
        if (code == ClosingException.CODE) {
            SmtpReply reply = replies.reply();
            judgeChunk(step, mail, reply);
            if (!mail.isRefused()) {
                mail.refuse(step.phase, reply);
            }
            closing = true;
            throw new ClosingException(reply);
        }
        awaited.remove();
        mail.awaited--;
        if (step.agrees(code)) {
            agreed(step, mail, code);
        } else if (code >= 400 && step != AwaitedReply.RESET) {
            refused(step, mail);
        } else {
            mail.awaited++;
            awaited.addFirst(step);
            throw new OutOfStepException(step, code);
        }
        settle();
    }

    private void agreed(AwaitedReply step, Transaction mail, int code) throws IOException {
        switch (step) {
            case RECIPIENT -> {
                mail.recipientAccepted();
                mail.judgeRecipients();
            }
            case DATA -> mail.goAhead = true;
            case END -> {
                if (mail.isRefused()) {
                    mail.contradicted = true;
                    throw new OutOfStepException(step, code);
                }
                acceptance = replies.reply();
                if (mail.chunked) {
                    chunks.took();
                }
            }
            case CHUNK -> chunks.took();
            default -> {
                // RSET or MAIL went well; nothing is to be kept.
            }
        }
    }

    private void refused(AwaitedReply step, Transaction mail) throws IOException {
        SmtpReply reply = replies.reply();
        judgeChunk(step, mail, reply);
        if (step == AwaitedReply.RECIPIENT) {
            mail.recipientRefused(reply);
            mail.judgeRecipients();
        } else if (step != AwaitedReply.LONE_DOT) {
            mail.refuse(step.phase, reply);
        }
    }

    private void judgeChunk(AwaitedReply step, Transaction mail, SmtpReply reply) throws ChunksException {
        boolean chunk = step == AwaitedReply.CHUNK || step == AwaitedReply.END && mail.chunked;
        if (chunk && !mail.isRefused() && chunks.refusal(reply)) {
            ChunksException cause = new ChunksException(reply.code());
            mail.outcome = verdicts.misunderstood(cause, reply);
            throw cause;
        }
    }

    private void settle() {
        for (Transaction mail = mails.peek(); mail != null && mail.closed && mail.awaited == 0; mail = mails.peek()) {
            mails.remove();
            octets -= mail.mail.data().size();
            Outcome outcome = mail.outcome == null ? verdicts.answered(mail, acceptance, !losing, carried)
                    : mail.outcome;
            resetDue |= mail.leavesTransactionOpen();
            note(outcome);
            acceptance = SmtpReply.NONE;
            mail.outcome = outcome;
            settled.accept(mail);
        }
    }

    private void note(Outcome outcome) {
        if (outcome instanceof Failure failure) {
            wornOut |= failure.scope() == FailureScope.CONNECTION;
        } else {
            carried++;
        }
    }

    /** Whether the server refused a mail as one that has had enough of this connection: it should carry no more. */
    boolean wornOut() {
        return wornOut;
    }

    // What follows is for the end of the flight, when the connection is lost.

    /** From now on an accepted mail does not make the connection usable, and waits are those for a reply. */
    void losing() {
        losing = true;
    }

    /** The step whose reply is the next; null = none is awaited. */
    AwaitedReply nextAwaited() {
        return awaited.peek();
    }

    /** The mail whose reply is the next; null = none is in flight. */
    Transaction firstMail() {
        return mails.peek();
    }

    /** Whether a reply has come to what was written last, and more than one is awaited still. */
    boolean groupBroken() {
        return groupAnswered && awaited.size() > 1;
    }

    /** Whether 421 was the last reply that was read. */
    boolean closing() {
        return closing;
    }

    /** The 421 is the reply to the first step, and no reason to read no more. */
    void passClosing() {
        closing = false;
        awaited.remove();
        mails.peek().awaited--;
        settle();
    }

    /** Whether the server has a whole content whose reply is awaited. */
    boolean wholeContentAwaited() {
        return mails.stream().anyMatch(mail -> mail.awaited > 0 && mail.endSeen(cork.handed()));
    }

    /** Mails that the server has accepted on this connection. */
    long carried() {
        return carried;
    }

    /** Ends every mail that is left, in their order: the judge sets its outcome. */
    void endAll(Consumer<Transaction> judge) {
        awaited.clear();
        for (Transaction mail = mails.poll(); mail != null; mail = mails.poll()) {
            judge.accept(mail);
            settled.accept(mail);
        }
    }
}
