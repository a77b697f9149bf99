package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingConnection.HeaderReceiver;
import dev.mailroom.receiving.ReceivingConnection.ImapTurn;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.transport.StoreWire;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** IMAP (RFC 3501): the mails of one folder. Its numbers follow the server's; every command names mails by UID. */
final class ImapStore implements MailStore {
    private static final String SEARCH = "UID SEARCH UID ";

    private final StoreWire wire;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final ReceivingSettings settings;
    private final String serverName;
    private final ImapMarks marks;
    private final ImapReading reading;
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
        this.reading = new ImapReading(this, commands, dialogue, settings.maxMessage());
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
        ImapFolder opened = new ImapFolder();
        // Which mails there are is asked at the same time; of a folder that is refused there are none.
        String select = commands.begin("SELECT " + FolderName.quoted(which));
        String search = commands.begin(SEARCH + "1:*");
        if (commands.end(select, opened::on) != Status.OK) {
            throw dialogue.refusal(Phase.SELECT, "to open the folder \"" + which + "\"", commands.said(), true);
        }
        findNew(opened, search);
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
        reading.forget();
        folder = opened;
        name = which;
        marks.enter(name, folder.validity());
    }

    /** Learns the UIDs of mails that are new here. */
    private void findNew(ImapFolder folder) throws SmtpException {
        if (folder.grown()) {
            findNew(folder, commands.begin(SEARCH + folder.next() + ":*"));
        }
    }

    private void findNew(ImapFolder folder, String search) throws SmtpException {
        List<Long> found = new ArrayList<>();
        Status status = commands.end(search, folder.found(found));
        if (status != Status.OK) {
            throw dialogue.refusal(Phase.LIST, "UID SEARCH", commands.said(), false);
        }
        if (!folder.add(found)) {
            throw wire.protocol("it says that the folder has more than " + folder.size() + " mails");
        }
    }

    @Override
    public int count() throws SmtpException {
        return dialogue.run(Phase.LIST, () -> {
            if (commands.send("NOOP", folder::on) != Status.OK) {
                throw dialogue.refusal(Phase.LIST, "NOOP", commands.said(), false);
            }
            folder.look();
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
        Status status = commands.send("UID FETCH " + uids + " (" + ImapReading.ENTRY + ")", response -> {
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
        dialogue.run(Phase.FETCH, () -> {
            reading.headers(numbers, to);
            return true;
        });
    }

    @Override
    public String identifier(int number) {
        long uid = folder.uid(number);
        return uid == 0 ? "" : folder.identifier(uid);
    }

    @Override
    public int rank(String identifier) {
        return folder.rank(identifier);
    }

    @Override
    public void resume(MailStore lost) throws SmtpException {
        ImapStore former = (ImapStore) lost;
        dialogue.run(Phase.SELECT, () -> {
            if (!name.equals(former.name)) {
                open(former.name);
            }
            if (!folder.validity().equals(former.folder.validity())) {
                throw dialogue.otherMails(name, former.folder.validity(), folder.validity());
            }
            marks.resume(former.marks);
            return true;
        });
    }

    @Override
    public <T> T imap(ImapTurn<T> turn) throws SmtpException {
        var arrivals = new ImapArrivals(this, reading, commands, dialogue, wire);
        return turn.with(new ImapFolders(this, arrivals, commands, dialogue));
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
    public Optional<MessageEntry> fetch(int number, boolean headerOnly, OutputStream to)
            throws SmtpException, IOException {
        return dialogue.run(Phase.FETCH, () -> headerOnly ? reading.header(number, to) : reading.content(number, to));
    }

    @Override
    public boolean delete(int number) throws SmtpException {
        return dialogue.run(Phase.DELETE, () -> {
            long uid = there(number);
            return uid != 0 && marks.addIfThere(uid, folder);
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
        return usable() && (commands.answersAreOpen() || wire.quiet());
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
