package dev.mailroom.smtp;

import dev.mailroom.Delivery;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Mail transactions on an open connection (RFC 5321, section 3.3), in as few round trips as the server allows: groups
 * of commands with PIPELINING (RFC 2920), content behind its envelope with CHUNKING (RFC 3030), one command at a time
 * otherwise. For one thread at a time.
 */
public final class Dialogue {
    /** Mails under way at once; all of them may end in doubt when the connection breaks. */
    private static final int WINDOW = 16;
    private static final long WINDOW_OCTETS = 1 << 20;
    /** Replies left unread while recipients go out: as many fit in any receive buffer. */
    private static final int MOST_UNREAD = 256;
    /**
     * After so long a silence the connection may have been closed by the server, or a firewall in between, without our
     * noticing. Content that travels with the envelope would then be in doubt; the envelope alone finds out, for one
     * round trip.
     */
    private static final long CAREFUL_NANOS = 5_000_000_000L;
    private static final Consumer<Transaction> NOBODY = mail -> { };

    private final Wire wire;
    private final ReplyReader replies;
    private final Cork cork;
    private final EnvelopeCommands commands;
    private final OfferRule rule;
    private final Verdicts verdicts;
    private final Flight flight;
    private final ContentCommands content;
    private final ServerAddress peer;
    private final ServerMemory memory;
    private final ChunkSupport support;
    private final boolean pipelining;
    private final boolean chunking;
    private boolean usable = true;
    private boolean lostBeforeContent;
    private boolean careful;
    /** The server is known to hang up without a word: no content goes before its envelope was answered. */
    private boolean wary;

    /** Goes on where the greeting, EHLO, TLS and AUTH have ended, on the same wire and with the same reader. */
    public Dialogue(Wire wire, ReplyReader replies, Capabilities offered, DialogueSettings settings, ServerAddress peer,
            ServerMemory memory, Buffers buffers) {
        this(wire, replies, offered, settings, peer, memory, buffers, System::nanoTime);
    }

    Dialogue(Wire wire, ReplyReader replies, Capabilities offered, DialogueSettings settings, ServerAddress peer,
            ServerMemory memory, Buffers buffers, LongSupplier nanoTime) {
        this.wire = wire;
        this.replies = replies;
        this.peer = peer;
        this.memory = memory;
        this.cork = new Cork(wire, buffers);
        this.commands = new EnvelopeCommands(cork, offered);
        this.rule = new OfferRule(peer, offered);
        this.verdicts = new Verdicts(peer);
        this.support = new ChunkSupport(peer, memory);
        this.flight = new Flight(cork, replies, verdicts, new DialogueLog(peer), wire, support, nanoTime);
        this.pipelining = settings.pipelining() && offered.offers("PIPELINING")
                && !memory.knows(peer, ServerMemory.Flaw.GROUPS);
        this.content = new ContentCommands(wire, cork, flight, replies, pipelining);
        this.chunking = settings.chunking() && offered.offers("CHUNKING")
                && !memory.knows(peer, ServerMemory.Flaw.CHUNKS);
    }

    /** One mail; see {@link dev.mailroom.SmtpConnection#send}, but never throws for what network or server do. */
    public Outcome send(Mail mail) {
        if (!usable()) {
            lostBeforeContent = true;
            return verdicts.gone();
        }
        Transaction only = new Transaction(mail);
        begin(NOBODY);
        try {
            submit(only);
            flight.drain(0);
            usable = true;
        } catch (IOException e) {
            lostBeforeContent = lost(e, only);
        } finally {
            end();
        }
        return only.outcome;
    }

    /**
     * A stream of mails; see {@link dev.mailroom.SmtpConnection#sendAll}.
     *
     * @throws IllegalStateException when the connection is not {@link #usable}; no mail is taken then
     */
    public void sendAll(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        StreamCaller caller = new StreamCaller(mails, outcomes);
        begin(caller);
        try {
            for (Optional<Mail> mail = caller.next(); mail.isPresent(); mail = next(caller)) {
                submit(new Transaction(mail.get()));
                keepWindow();
            }
            bewareOfSilence();
            flight.drain(0);
            usable = true;
        } catch (IOException e) {
            lost(e, null);
        } finally {
            end();
        }
        caller.complain();
    }

    private Optional<Mail> next(StreamCaller caller) {
        return flight.wornOut() ? Optional.empty() : caller.next();
    }

    /** Asks with NOOP; false = the connection is lost. */
    public boolean probe() {
        begin(NOBODY);
        try {
            cork.text("NOOP").endLine();
            cork.flush();
            usable = AwaitedReply.RESET.agrees(replies.next()) && replies.buffered() == 0;
            flight.heard();
        } catch (IOException e) {
            // The reason does not matter: the caller closes the connection.
            usable = false;
        } finally {
            end();
        }
        return usable;
    }

    /** Whether every command has got its reply and another mail may follow. */
    public boolean usable() {
        return usable && !flight.wornOut();
    }

    /** Whether every command has got its reply, so that QUIT would be understood. */
    public boolean inStep() {
        return usable;
    }

    /** Whether replies were read that nothing was asked for. */
    public boolean quiet() {
        return replies.buffered() == 0;
    }

    /** See {@link dev.mailroom.transport.SmtpTransport#lostBeforeContent}. */
    public boolean lostBeforeContent() {
        return lostBeforeContent;
    }

    private void begin(Consumer<Transaction> listener) {
        if (!usable()) {
            throw new IllegalStateException("the connection to " + peer + " is not usable any more");
        }
        // Set until all has gone well: after any exception the connection must not be used again.
        usable = false;
        lostBeforeContent = false;
        wary = chunking && memory.hangsUp(peer);
        flight.begin(listener);
        cork.open();
    }

    /** A connection that waits in a pool keeps nothing of the mails it carried, nor of who sent them. */
    private void end() {
        cork.close();
        content.forget();
        flight.forgetListener();
        support.tell();
    }

    /** It may be the iterator that was silent, not the server: its next mail was waited for. */
    private void bewareOfSilence() throws IOException {
        if (flight.silentFor(CAREFUL_NANOS)) {
            careful = !flight.sendAhead();
        }
    }

    private void checkSilence() throws IOException {
        boolean nothingAsked = flight.awaited() == 0 && cork.isEmpty();
        if (nothingAsked && (replies.buffered() > 0 || wire.waiting() > 0)) {
            throw new ProtocolException("it said something without being asked");
        }
    }

    private void submit(Transaction mail) throws IOException {
        boolean reset = flight.resetDue() || flight.chunksUndecided();
        fit(mail);
        flight.add(mail);
        if (mail.outcome != null) {
            flight.close(mail);
            return;
        }
        bewareOfSilence();
        checkSilence();
        if (reset) {
            command(AwaitedReply.RESET, mail, "");
            flight.resetDone();
        }
        command(AwaitedReply.MAIL, mail, "");
        List<String> paths = mail.mail.envelope().forwardPaths();
        for (int i = 0; i < paths.size() && !mail.isRefused(); i++) {
            command(AwaitedReply.RECIPIENT, mail, paths.get(i));
        }
        if (chunking) {
            chunks(mail);
        } else {
            data(mail);
        }
        flight.close(mail);
        if (!pipelining) {
            flight.drain(0);
        }
    }

    private void fit(Transaction mail) {
        try {
            mail.mail = rule.fitted(mail.given);
        } catch (UnfitException e) {
            mail.outcome = verdicts.unfit(e.getMessage());
        } catch (UnreadableException e) {
            mail.outcome = verdicts.unreadable(e, true);
        }
    }

    private void command(AwaitedReply step, Transaction mail, String path) throws IOException {
        flight.makeRoom();
        long from = cork.position();
        switch (step) {
            case RESET -> cork.text("RSET").endLine();
            case MAIL -> commands.mail(mail.mail);
            case RECIPIENT -> commands.recipient(mail.mail, path);
            default -> cork.text("DATA").endLine();
        }
        flight.expect(step, from);
        if (!pipelining) {
            flight.drain(0);
        } else if (flight.awaited() > MOST_UNREAD) {
            flight.drain(MOST_UNREAD / 2);
        }
    }

    private void chunks(Transaction mail) throws IOException {
        if (!pipelining || careful || wary || !mail.contentMayFollowUnseen()) {
            flight.drain(0);
            careful = false;
        }
        if (mail.isRefused()) {
            return;
        }
        try {
            content.inChunks(mail);
        } catch (UnreadableException e) {
            mail.unreadable = Optional.of(e);
        }
    }

    private void data(Transaction mail) throws IOException {
        boolean together = pipelining && mail.contentMayFollowUnseen() && !mail.isRefused();
        if (together) {
            command(AwaitedReply.DATA, mail, "");
        }
        flight.drain(0);
        if (!together && !mail.isRefused()) {
            command(AwaitedReply.DATA, mail, "");
            flight.drain(0);
        }
        if (!mail.goAhead) {
            return;
        }
        if (!mail.isRefused()) {
            contentWithDot(mail);
        } else if (mail.accepted() == 0) {
            content.loneDot();
        } else {
            // A dot would deliver an empty mail to the recipients that were accepted.
            throw new ProtocolException("it answered 354 to DATA after it had refused the mail");
        }
    }

    private void contentWithDot(Transaction mail) throws IOException {
        try {
            content.withDot(mail);
        } catch (UnreadableException e) {
            // There is no way back from DATA but to break the connection before the dot.
            mail.unreadable = Optional.of(e);
            throw new IOException(e);
        }
    }

    private void keepWindow() throws IOException {
        if (flight.chunksUndecided() && !support.isProven()) {
            // A server that offers CHUNKING without understanding BDAT takes content for commands: one mail is enough.
            flight.drain(0);
        } else if (flight.mailsInFlight() >= WINDOW || flight.octets() > WINDOW_OCTETS) {
            flight.drainMails(WINDOW / 2, WINDOW_OCTETS / 2);
        }
    }

    /** Whether the server went or fell silent without a word. */
    private static boolean hungUp(IOException cause) {
        boolean ours = cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
        return !ours && !(cause instanceof ClosingException) && !(cause instanceof ProtocolException);
    }

    /** Tells every mail's outcome; returns whether the first of them may be tried on another connection. */
    private boolean lost(IOException cause, Transaction only) {
        FlightEnd end = new FlightEnd(flight, cork, verdicts, support);
        if (cause instanceof ChunksException || end.chunksFailed(cause)) {
            support.failed();
        } else if (pipelining && end.groupFailed(cause)) {
            memory.remember(peer, ServerMemory.Flaw.GROUPS);
        }
        boolean inTime = !(cause instanceof InterruptedIOException);
        boolean answered = cause instanceof ChunksException
                || cause instanceof ClosingException && flight.beforeEnd();
        boolean needless = end.lost(cause, wire);
        if (chunking && (needless || wary) && hungUp(cause)) {
            memory.remember(peer, ServerMemory.Flaw.HANG_UPS);
        }
        return only != null && only.unreadable.isEmpty() && inTime && (answered || !only.contentSeen(cork.handed()))
                && only.outcome.delivery() != Delivery.IN_DOUBT;
    }
}
