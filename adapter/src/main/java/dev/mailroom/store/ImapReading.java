package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection.HeaderReceiver;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.store.ImapCommands.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads mails (RFC 3501, section 6.4.5), each with what the server says of it in one FETCH. How large a mail is, is
 * known only then: so its beginning is read first, which of most mails is all.
 */
final class ImapReading {
    /** What is asked of a mail that is listed or read. */
    static final String ENTRY = "UID RFC822.SIZE FLAGS INTERNALDATE";

    private static final long FIRST = 256 * 1024;
    private static final long FIRST_OF_MANY = 32 * 1024;
    /** What others do to a mail that was read ahead is not known. */
    private static final Duration LONGEST_AHEAD = Duration.ofSeconds(10);

    private final ImapStore store;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final long longest;
    private final ReadAhead<Fetched> readAhead = new ReadAhead<>(LONGEST_AHEAD);

    /** A mail, or its beginning, or its header. */
    private record Fetched(ImapEntry entry, byte[] octets, boolean whole) {
    }

    /** Hears of what was fetched. */
    private interface Fetching {
        void on(Fetched mail) throws SmtpException;
    }

    /** @param longest octets that may be read of a mail */
    ImapReading(ImapStore store, ImapCommands commands, StoreDialogue dialogue, long longest) {
        this.store = store;
        this.commands = commands;
        this.dialogue = dialogue;
        this.longest = longest;
    }

    /** Another folder was opened. */
    void forget() {
        readAhead.forget();
    }

    /** Reads the header; empty = there is no such mail. */
    Optional<MessageEntry> header(int number, OutputStream to) throws SmtpException, IOException {
        long uid = store.there(number);
        List<Fetched> headers = new ArrayList<>(1);
        if (uid != 0) {
            fetch(List.of(uid), "BODY.PEEK[HEADER]", longest, headers::add);
        }
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        to.write(headers.get(0).octets());
        return Optional.of(at(number, uid, headers.get(0)));
    }

    /** Reads many headers. */
    void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException {
        List<Long> uids = numbers.stream().map(store::there).filter(uid -> uid != 0).sorted().distinct().toList();
        if (!uids.isEmpty()) {
            fetch(uids, "BODY.PEEK[HEADER]", longest, header -> {
                long uid = header.entry().uid();
                int number = store.folder().number(store.folder().identifier(uid));
                if (number > 0) {
                    dialogue.wholly(() -> to.on(at(number, uid, header), header.octets()));
                }
            });
        }
    }

    /** Reads a mail, which is seen then; empty = there is no such mail. */
    Optional<MessageEntry> content(int number, OutputStream to) throws SmtpException, IOException {
        long uid = store.there(number);
        if (uid == 0) {
            return Optional.empty();
        }
        Optional<Fetched> kept = readAhead.take(number, uid);
        Optional<Fetched> found = kept.isPresent() ? kept : begin(number, uid);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Fetched mail = found.get();
        dialogue.checkSize(number, mail.entry().size());
        to.write(mail.octets());
        if (!mail.whole()) {
            goOn(number, uid, mail.octets().length, to);
        }
        if (!mail.entry().seen()) {
            // Its answer is read with that of the next command: nobody has to wait for it.
            commands.post("UID STORE " + uid + " +FLAGS.SILENT (\\Seen)");
        }
        return Optional.of(at(number, uid, mail));
    }

    /** Reads a mail, which stays as it is; empty = there is no such mail. */
    Optional<byte[]> peek(int number) throws SmtpException {
        long uid = store.there(number);
        Optional<ImapEntry> entry = uid == 0 ? Optional.empty() : store.one(uid);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        dialogue.checkSize(number, entry.get().size());
        List<byte[]> content = new ArrayList<>(1);
        fetch(List.of(uid), "BODY.PEEK[]", longest, mail -> content.add(mail.octets()));
        return content.stream().findFirst();
    }

    private MessageEntry at(int number, long uid, Fetched mail) {
        return mail.entry().at(number, store.folder().identifier(uid));
    }

    /** Reads the beginning of a mail, and with it small ones that are likely to be asked for next. */
    private Optional<Fetched> begin(int number, long uid) throws SmtpException {
        int many = readAhead.begin(number);
        List<Long> uids = new ArrayList<>(List.of(uid));
        for (int next = number + 1; next <= store.folder().size() && uids.size() < many; next++) {
            if (store.there(next) != 0) {
                uids.add(store.there(next));
            }
        }
        long first = Math.min(uids.size() == 1 ? FIRST : FIRST_OF_MANY, longest + 1);
        List<Fetched> own = new ArrayList<>(1);
        fetch(uids, "BODY.PEEK[]<0." + first + ">", first, mail -> {
            if (mail.entry().uid() == uid) {
                own.add(mail);
            } else if (mail.whole()) {
                readAhead.keep(mail.entry().uid(), mail);
            }
        });
        return own.stream().findFirst();
    }

    /** Reads the rest of a mail. */
    private void goOn(int number, long uid, long from, OutputStream to) throws SmtpException, IOException {
        long left = longest - from;
        if (left < 0) {
            throw dialogue.tooLong(number);
        }
        boolean[] came = new boolean[1];
        List<String> inline = new ArrayList<>(1);
        Status status = commands.send("UID FETCH " + uid + " (BODY.PEEK[]<" + from + "." + (left + 1) + ">)",
                response -> {
                    if (ImapEntry.hasContent(response)) {
                        came[0] = true;
                        ImapEntry.shortContent(response).ifPresent(inline::add);
                    } else {
                        store.folder().on(response);
                    }
                }, new Target(to, left));
        if (status != Status.OK || !came[0]) {
            throw dialogue.refusal(Phase.FETCH, "the rest of mail " + number,
                    status == Status.OK ? "it is gone" : commands.said(), false);
        }
        for (String content : inline) {
            to.write(content.getBytes(ISO_8859_1));
        }
    }

    /** Fetches something of these mails, which comes as the server likes. */
    private void fetch(Collection<Long> uids, String section, long most, Fetching to) throws SmtpException {
        Set<Long> wanted = new HashSet<>(uids);
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (String set : store.folder().sets(uids)) {
            Status status;
            try {
                status = commands.send("UID FETCH " + set + " (" + ENTRY + " " + section + ")", response -> {
                    if (ImapEntry.hasContent(response)) {
                        ImapEntry.shortContent(response)
                                .ifPresent(text -> octets.writeBytes(text.getBytes(ISO_8859_1)));
                        // A server that does not tell the size is believed where only one mail can be meant.
                        ImapEntry entry = ImapEntry.of(response).orElseGet(() -> new ImapEntry(
                                uids.size() == 1 ? uids.iterator().next() : 0, octets.size(), false,
                                Optional.empty()));
                        if (wanted.remove(entry.uid())) {
                            to.on(new Fetched(entry, octets.toByteArray(), octets.size() < most));
                        }
                    } else {
                        store.folder().on(response);
                    }
                    octets.reset();
                }, new Target(octets, most, true));
            } catch (IOException e) {
                throw new IllegalStateException("memory takes every octet", e);
            }
            if (status != Status.OK) {
                throw dialogue.refusal(Phase.FETCH, "UID FETCH", commands.said(), false);
            }
        }
    }
}
