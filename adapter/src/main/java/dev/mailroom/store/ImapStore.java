package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection.HeaderReceiver;
import dev.mailroom.receiving.ReceivingConnection.ImapTurn;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.store.ImapCommands.Target;
import dev.mailroom.store.ImapCommands.Untagged;
import dev.mailroom.transport.StoreWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** IMAP (RFC 3501): the mails of one folder. Its numbers follow the server's; every command names mails by UID. */
final class ImapStore implements MailStore {
    private final StoreWire wire;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final ReceivingSettings settings;
    private final String serverName;
    private final ImapMarks marks;
    private String name;
    private ImapFolder folder = new ImapFolder();
    private Set<String> capabilities = Set.of();

    private ImapStore(StoreWire wire, ImapCommands commands, ReceivingSettings settings, String serverName) {
        this.wire = wire;
        this.commands = commands;
        this.dialogue = new StoreDialogue(wire, settings);
        this.settings = settings;
        this.serverName = serverName;
        this.marks = new ImapMarks(commands, dialogue);
        this.name = settings.folder();
    }

    static ImapStore open(StoreWire wire, ReceivingSettings settings) throws SmtpException {
        ImapCommands commands = new ImapCommands(wire);
        wire.awaitGreeting();
        if (settings.server().tls() == TlsMode.IMPLICIT) {
            wire.secure();
            wire.phase(Phase.GREETING);
        }
        String greeting = commands.greeting();
        boolean known = greeting.toUpperCase(Locale.ROOT).startsWith("PREAUTH");
        if (!known && !greeting.toUpperCase(Locale.ROOT).startsWith("OK")) {
            throw wire.refused(454, commands.said());
        }
        wire.greeted();
        ImapStore store = new ImapStore(wire, commands, settings, commands.said());
        store.dialogue.requireSecret();
        store.capabilities = new ImapLogin(wire, commands, settings.server()).run(known);
        wire.phase(Phase.SELECT);
        store.folder = store.selected(store.name);
        return store;
    }

    private ImapFolder selected(String which) throws SmtpException {
        ImapFolder opened = justSelected(which);
        findNew(opened);
        return opened;
    }

    /** Opens a folder; where that is refused, none is open (RFC 3501, section 6.3.1). */
    private ImapFolder justSelected(String which) throws SmtpException {
        ImapFolder opened = new ImapFolder();
        if (commands.send("SELECT " + FolderName.quoted(which), opened::on) != Status.OK) {
            throw dialogue.refusal(Phase.SELECT, "to open the folder \"" + which + "\"", commands.said(), true);
        }
        return opened;
    }

    /** Opens another folder in the place of this one. */
    void open(String which) throws SmtpException {
        ImapFolder opened;
        try {
            opened = selected(which);
        } catch (SmtpException e) {
            if (e.failure().reusable()) {
                folder = selected(name);
            }
            throw e;
        }
        marks.leave(name, folder.validity());
        folder = opened;
        name = which;
        marks.enter(name, folder.validity());
    }

    /** Learns the UIDs of mails that are new here. */
    private void findNew(ImapFolder folder) throws SmtpException {
        if (!folder.grown()) {
            return;
        }
        List<Long> found = new ArrayList<>();
        Status status = commands.send("UID SEARCH UID " + folder.next() + ":*", found(found, folder));
        if (status != Status.OK) {
            throw dialogue.refusal(Phase.LIST, "UID SEARCH", commands.said(), false);
        }
        if (!folder.add(found)) {
            throw wire.protocol("it says that the folder has more than " + folder.size() + " mails");
        }
    }

    /** Takes the UIDs that a search has found. */
    static Untagged found(List<Long> uids, ImapFolder folder) {
        return response -> {
            if (response.toUpperCase(Locale.ROOT).startsWith("SEARCH")) {
                for (String word : response.substring("SEARCH".length()).strip().split(" +")) {
                    if (word.matches("\\d{1,10}")) {
                        uids.add(Long.parseLong(word));
                    }
                }
            } else {
                folder.on(response);
            }
        };
    }

    @Override
    public int count() throws SmtpException {
        return dialogue.run(Phase.LIST, () -> {
            if (commands.send("NOOP", folder::on) != Status.OK) {
                throw dialogue.refusal(Phase.LIST, "NOOP", commands.said(), false);
            }
            findNew(folder);
            return folder.size();
        });
    }

    @Override
    public List<MessageEntry> list() throws SmtpException {
        return dialogue.run(Phase.LIST, () -> {
            Map<Long, ImapEntry> entries = new HashMap<>();
            if (folder.size() > 0) {
                fetch("1:*", entries);
            }
            List<MessageEntry> listed = new ArrayList<>();
            for (int number = 1; number <= folder.size(); number++) {
                long uid = folder.uid(number);
                if (entries.containsKey(uid) && !marks.has(uid)) {
                    listed.add(entries.get(uid).at(number, folder.identifier(uid)));
                }
            }
            return List.copyOf(listed);
        });
    }

    /** Asks what the server says of these mails. */
    void fetch(String uids, Map<Long, ImapEntry> entries) throws SmtpException {
        int most = folder.size();
        Status status = commands.send("UID FETCH " + uids + " (UID RFC822.SIZE FLAGS INTERNALDATE)", response -> {
            Optional<ImapEntry> entry = ImapEntry.of(response);
            if (entry.isPresent() && entries.size() <= most) {
                entries.put(entry.get().uid(), entry.get());
            } else {
                folder.on(response);
            }
        });
        if (status != Status.OK) {
            throw dialogue.refusal(Phase.LIST, "UID FETCH", commands.said(), false);
        }
    }

    @Override
    public Optional<MessageEntry> entry(int number) throws SmtpException {
        return dialogue.run(Phase.LIST, () -> {
            long uid = there(number);
            return uid == 0 ? Optional.empty()
                    : one(uid).map(entry -> entry.at(number, folder.identifier(uid)));
        });
    }

    /** Empty = it has gone meanwhile. */
    Optional<ImapEntry> one(long uid) throws SmtpException {
        Map<Long, ImapEntry> entries = new HashMap<>();
        fetch(Long.toString(uid), entries);
        return Optional.ofNullable(entries.get(uid));
    }

    /** The UID of a mail; 0 = there is none. */
    long there(int number) {
        long uid = folder.uid(number);
        return marks.has(uid) ? 0 : uid;
    }

    @Override
    public int locate(MessageEntry entry) {
        int number = folder.number(entry.identifier());
        return there(number) == 0 ? 0 : number;
    }

    @Override
    public void headers(List<Integer> numbers, HeaderReceiver to) throws SmtpException {
        List<Long> uids = numbers.stream().map(this::there).filter(uid -> uid != 0).distinct().toList();
        for (String group : ImapMarks.groups(uids)) {
            dialogue.run(Phase.FETCH, () -> {
                headers(group, to);
                return true;
            });
        }
    }

    private void headers(String uids, HeaderReceiver to) throws SmtpException {
        Map<ImapEntry, byte[]> headers = new LinkedHashMap<>();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Untagged untagged = response -> {
            Optional<ImapEntry> entry = ImapEntry.of(response);
            if (entry.isPresent() && ImapEntry.hasContent(response)) {
                ImapEntry.shortContent(response).ifPresent(text -> octets.writeBytes(text.getBytes(ISO_8859_1)));
                headers.put(entry.get(), octets.toByteArray());
            } else {
                folder.on(response);
            }
            octets.reset();
        };
        try {
            if (commands.send("UID FETCH " + uids + " (UID RFC822.SIZE FLAGS INTERNALDATE BODY.PEEK[HEADER])", untagged,
                    new Target(octets, settings.maxMessage(), true)) != Status.OK) {
                throw dialogue.refusal(Phase.FETCH, "UID FETCH", commands.said(), false);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every octet", e);
        }
        for (Map.Entry<ImapEntry, byte[]> header : headers.entrySet()) {
            String identifier = folder.identifier(header.getKey().uid());
            int number = folder.number(identifier);
            if (number > 0) {
                to.on(header.getKey().at(number, identifier), header.getValue());
            }
        }
    }

    @Override
    public <T> T imap(ImapTurn<T> turn) throws SmtpException {
        return turn.with(new ImapFolders(this, new ImapArrivals(this, commands, dialogue, wire), commands, dialogue));
    }

    /** The open folder. */
    String name() {
        return name;
    }

    ImapFolder folder() {
        return folder;
    }

    ImapMarks marks() {
        return marks;
    }

    boolean can(String capability) {
        return capabilities.contains(capability);
    }

    long longest() {
        return settings.maxMessage();
    }

    @Override
    public boolean header(int number, OutputStream to) throws SmtpException, IOException {
        return dialogue.run(Phase.FETCH, () -> {
            long uid = there(number);
            return uid != 0 && read(uid, "BODY.PEEK[HEADER]", to);
        });
    }

    @Override
    public boolean content(int number, OutputStream to) throws SmtpException, IOException {
        return dialogue.run(Phase.FETCH, () -> {
            long uid = there(number);
            Optional<ImapEntry> entry = uid == 0 ? Optional.empty() : one(uid);
            if (entry.isEmpty()) {
                return false;
            }
            dialogue.checkSize(number, entry.get().size());
            return read(uid, "BODY[]", to);
        });
    }

    /** Reads a mail, or a part of it; false = it has gone. */
    boolean read(long uid, String section, OutputStream to) throws SmtpException, IOException {
        boolean[] came = new boolean[1];
        List<String> inline = new ArrayList<>(1);
        Status status = commands.send("UID FETCH " + uid + " (" + section + ")", response -> {
            if (ImapEntry.hasContent(response)) {
                came[0] = true;
                ImapEntry.shortContent(response).ifPresent(inline::add);
            } else {
                folder.on(response);
            }
        }, new Target(to, settings.maxMessage()));
        if (status != Status.OK) {
            throw dialogue.refusal(Phase.FETCH, "UID FETCH", commands.said(), false);
        }
        for (String content : inline) {
            to.write(content.getBytes(ISO_8859_1));
        }
        return came[0];
    }

    @Override
    public boolean delete(int number) throws SmtpException {
        return dialogue.run(Phase.DELETE, () -> {
            long uid = there(number);
            if (uid == 0 || one(uid).isEmpty()) {
                return false;
            }
            marks.add(uid, folder);
            return true;
        });
    }

    @Override
    public int deletions() {
        return marks.count();
    }

    @Override
    public void reset() throws SmtpException {
        dialogue.run(Phase.DELETE, () -> {
            marks.reset(folder, this::justSelected);
            return true;
        });
    }

    /** Without UIDPLUS the marks stay for whoever expunges: EXPUNGE alone would remove what others have marked. */
    @Override
    public void end() throws SmtpException {
        int waiting = deletions();
        boolean confirmed = false;
        SmtpException lost = null;
        try {
            confirmed = dialogue.run(Phase.QUIT, this::expunge);
            dialogue.run(Phase.QUIT, () -> commands.send("LOGOUT", response -> { }));
        } catch (SmtpException e) {
            // Once the deletions are confirmed nothing depends on the goodbye.
            lost = e;
        } finally {
            dialogue.close();
        }
        if (!confirmed && waiting > 0) {
            throw dialogue.unconfirmed(waiting, lost == null ? commands.said() : lost.getMessage(), lost);
        }
    }

    private boolean expunge() throws SmtpException {
        return !can("UIDPLUS") || marks.expunge(folder, this::justSelected);
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
