package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection.HeaderReceiver;
import dev.mailroom.receiving.ReceivingConnection.ImapTurn;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.transport.StoreWire;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** POP3 (RFC 1939): the mails of a mailbox, whose number stays the same while it is open. */
final class Pop3Store implements MailStore {
    /** What a mailbox with more mails says is not believed. */
    private static final int MOST_MAILS = 10_000_000;
    private static final Pattern STAT = Pattern.compile("(\\d{1,9})(?: .*)?");
    /** Numbers and mails stay the same as long as the mailbox is open. */
    private static final Duration LONGEST_AHEAD = Duration.ofMinutes(10);

    private final StoreWire wire;
    private final Pop3Commands commands;
    private final StoreDialogue dialogue;
    private final ReceivingSettings settings;
    private final String serverName;
    private final BitSet deleted = new BitSet();
    private final ReadAhead<byte[]> readAhead = new ReadAhead<>(LONGEST_AHEAD);
    private boolean pipelining;
    /** Whether a mail that was read may be gone the next time (RFC 2449, section 6.7). */
    private boolean expiring;
    private int count;
    private Pop3Index index;

    private Pop3Store(StoreWire wire, Pop3Commands commands, ReceivingSettings settings, String serverName) {
        this.wire = wire;
        this.commands = commands;
        this.dialogue = new StoreDialogue(wire, settings);
        this.settings = settings;
        this.serverName = serverName;
    }

    static Pop3Store open(StoreWire wire, ReceivingSettings settings) throws SmtpException {
        Pop3Commands commands = new Pop3Commands(wire);
        wire.awaitGreeting();
        if (settings.server().tls() == TlsMode.IMPLICIT) {
            wire.secure();
            wire.phase(Phase.GREETING);
        }
        if (!commands.response()) {
            throw wire.refused(commands.refusalCode(), commands.said());
        }
        wire.greeted();
        Pop3Store store = new Pop3Store(wire, commands, settings, commands.said());
        store.logIn();
        wire.phase(Phase.SELECT);
        store.stat();
        return store;
    }

    private void logIn() throws SmtpException {
        dialogue.requireSecret();
        SmtpSettings server = settings.server();
        wire.phase(server.tls() == TlsMode.STARTTLS ? Phase.TLS : Phase.AUTH);
        List<String> offered = commands.capabilities();
        if (server.tls() == TlsMode.STARTTLS) {
            // Where CAPA is not known STLS may still be: the attempt tells.
            if (!offered.isEmpty() && !offered.contains("STLS")) {
                throw wire.noUpgrade();
            }
            if (!commands.send("STLS")) {
                throw wire.refused(502, commands.said());
            }
            wire.upgrade();
            wire.phase(Phase.AUTH);
            // What was said before TLS may have come from anybody (RFC 2595, section 4).
            offered = commands.capabilities();
        }
        pipelining = offered.contains("PIPELINING");
        expiring = offered.contains("EXPIRE 0");
        List<String> mechanisms = offered.stream().filter(line -> line.startsWith("SASL "))
                .flatMap(line -> List.of(line.substring(5).strip().split(" +")).stream()).toList();
        if (!wire.logIn(commands, mechanisms)) {
            userAndPass(server, mechanisms);
        }
    }

    /** APOP is never used: it makes servers keep passwords in clear, and rests on MD5. */
    private void userAndPass(SmtpSettings server, List<String> mechanisms) throws SmtpException {
        if (server.secret().kind() != Secret.Kind.PASSWORD) {
            throw wire.noMechanism(mechanisms);
        }
        boolean accepted = commands.send("USER " + server.user())
                && commands.send("PASS " + server.secret().value(), "PASS ***");
        if (!accepted) {
            throw wire.refused(commands.refusalCode(), commands.said());
        }
    }

    private void stat() throws SmtpException {
        if (!commands.send("STAT")) {
            throw dialogue.refusal(Phase.SELECT, "STAT", commands.said(), false);
        }
        Matcher stat = STAT.matcher(commands.raw());
        if (!stat.matches() || Integer.parseInt(stat.group(1)) > MOST_MAILS) {
            throw wire.protocol("it says that there are \"" + commands.said() + "\" mails");
        }
        count = Integer.parseInt(stat.group(1));
        index = new Pop3Index(wire, commands, count, pipelining);
    }

    @Override
    public int count() throws SmtpException {
        return dialogue.run(Phase.LIST, () -> count);
    }

    private boolean there(int number) {
        return number >= 1 && number <= count && !deleted.get(number);
    }

    @Override
    public List<MessageEntry> list() throws SmtpException {
        return dialogue.run(Phase.LIST, () -> {
            List<String> all = index.all();
            commands.send(all, pipelining, i -> index.answer(all.get(i)));
            checkListed("LIST");
            return IntStream.rangeClosed(1, count).filter(this::there).filter(index::knows).mapToObj(index::entry)
                    .toList();
        });
    }

    private void checkListed(String command) throws SmtpException {
        if (!index.refused().isEmpty()) {
            throw dialogue.refusal(Phase.LIST, command, index.refused(), false);
        }
    }

    @Override
    public Optional<MessageEntry> entry(int number) throws SmtpException {
        return dialogue.run(Phase.LIST, () -> there(number) ? Optional.of(learned(number)) : Optional.empty());
    }

    private MessageEntry learned(int number) throws SmtpException {
        index.learn(number, this::there);
        if (!index.knows(number)) {
            checkListed("LIST " + number);
            throw wire.protocol("its list of " + count + " mails has no mail " + number);
        }
        return index.entry(number);
    }

    @Override
    public Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to)
            throws SmtpException, IOException {
        return dialogue.run(Phase.FETCH, () -> {
            if (!there(number)) {
                return Optional.empty();
            }
            MessageEntry entry = learned(number);
            wire.phase(Phase.FETCH);
            if (headerOnly) {
                read("TOP " + number + " 0", number, to);
            } else {
                content(number, entry.size(), to);
            }
            return Optional.of(entry);
        });
    }

    private void read(String command, int number, OutputStream to) throws SmtpException, IOException {
        if (!commands.send(command)) {
            throw dialogue.refusal(Phase.FETCH, command, commands.said(), false);
        }
        pass(number, to);
    }

    private void content(int number, long size, OutputStream to) throws SmtpException, IOException {
        Optional<byte[]> kept = readAhead.take(number, number);
        if (kept.isPresent()) {
            to.write(kept.get());
            return;
        }
        dialogue.checkSize(number, size);
        List<Integer> numbers = successors(number, readAhead.begin(number));
        if (numbers.size() == 1) {
            read("RETR " + number, number, to);
            return;
        }
        List<String> refused = new ArrayList<>(1);
        dialogue.wholly(() -> commands.send(numbers.stream().map(one -> "RETR " + one).toList(), true, i -> {
            if (i > 0) {
                keep(numbers.get(i));
            } else if (commands.response()) {
                pass(number, to);
            } else {
                refused.add(commands.said());
            }
        }));
        if (!refused.isEmpty()) {
            throw dialogue.refusal(Phase.FETCH, "RETR " + number, refused.get(0), false);
        }
    }

    /** A mail and those behind it that are read with it. */
    private List<Integer> successors(int number, int many) throws SmtpException {
        List<Integer> numbers = new ArrayList<>(List.of(number));
        long octets = 0;
        for (int next = number + 1; pipelining && !expiring && next <= count && numbers.size() < many; next++) {
            if (there(next)) {
                index.learn(next, this::there);
                octets += index.knows(next) ? index.size(next) : ReadAhead.MOST_OCTETS + 1L;
                if (octets > ReadAhead.MOST_OCTETS) {
                    break;
                }
                numbers.add(next);
            }
        }
        wire.phase(Phase.FETCH);
        return numbers;
    }

    private void keep(int number) throws SmtpException, IOException {
        if (commands.response()) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream((int) index.size(number));
            long all = commands.copy(octets, ReadAhead.MOST_OCTETS, settings.maxMessage());
            if (all > settings.maxMessage()) {
                throw dialogue.tooLong(number);
            }
            if (all == octets.size()) {
                readAhead.keep(number, octets.toByteArray());
            }
        }
    }

    private void pass(int number, OutputStream to) throws SmtpException, IOException {
        OutputStream buffered = new BufferedOutputStream(to);
        if (commands.copy(buffered, settings.maxMessage(), settings.maxMessage()) > settings.maxMessage()) {
            throw dialogue.tooLong(number);
        }
        buffered.flush();
    }

    @Override
    public void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException {
        dialogue.run(Phase.FETCH, () -> {
            List<Integer> wanted = numbers.stream().filter(this::there).distinct().toList();
            List<String> all = new ArrayList<>(wanted.stream().allMatch(index::knows) ? List.of() : index.all());
            int lists = all.size();
            wanted.forEach(number -> all.add("TOP " + number + " 0"));
            List<String> refused = new ArrayList<>();
            dialogue.wholly(() -> commands.send(all, pipelining, i -> {
                if (i < lists) {
                    index.answer(all.get(i));
                    wire.phase(Phase.FETCH);
                } else if (commands.response()) {
                    header(wanted.get(i - lists), to);
                } else {
                    refused.add(all.get(i) + ": " + commands.said());
                }
            }));
            checkListed("LIST");
            if (!refused.isEmpty()) {
                throw dialogue.refusal(Phase.FETCH, "a header", refused.get(0), false);
            }
            return true;
        });
    }

    private void header(int number, HeaderReceiver to) throws SmtpException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try {
            pass(number, octets);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
        if (index.knows(number)) {
            to.on(index.entry(number), octets.toByteArray());
        }
    }

    @Override
    public int locate(MessageEntry entry) {
        return there(entry.number()) ? entry.number() : 0;
    }

    @Override
    public String identifier(int number) {
        return "";
    }

    @Override
    public int rank(String identifier) {
        return 0;
    }

    @Override
    public void resume(MailStore lost) throws SmtpException {
        throw dialogue.onlyImap();
    }

    @Override
    public <T> T imap(ImapTurn<T> turn) throws SmtpException {
        throw dialogue.onlyImap();
    }

    @Override
    public boolean delete(int number) throws SmtpException {
        return dialogue.run(Phase.DELETE, () -> {
            if (!there(number)) {
                return false;
            }
            if (!commands.send("DELE " + number)) {
                throw dialogue.refusal(Phase.DELETE, "DELE " + number, commands.said(), false);
            }
            deleted.set(number);
            return true;
        });
    }

    @Override
    public int deletions() {
        return deleted.cardinality();
    }

    @Override
    public void reset() throws SmtpException {
        dialogue.run(Phase.DELETE, () -> {
            if (!commands.send("RSET")) {
                throw dialogue.refusal(Phase.DELETE, "RSET", commands.said(), false);
            }
            deleted.clear();
            return true;
        });
    }

    @Override
    public void end() throws SmtpException {
        int waiting = deletions();
        boolean positive = false;
        SmtpException lost = null;
        try {
            positive = dialogue.run(Phase.QUIT, () -> commands.send("QUIT"));
        } catch (SmtpException e) {
            lost = e;
        } finally {
            dialogue.close();
        }
        if (!positive && waiting > 0) {
            throw dialogue.unconfirmed(waiting, lost == null ? commands.said() : lost.getMessage(), lost);
        }
    }

    @Override
    public boolean usable() {
        return dialogue.usable();
    }

    @Override
    public boolean quiet() {
        return usable() && wire.quiet();
    }

    @Override
    public String serverName() {
        return serverName;
    }

    @Override
    public void close() {
        dialogue.close();
    }
}
