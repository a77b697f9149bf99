package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.store.ImapCommands.Target;
import dev.mailroom.transport.StoreWire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** IMAP (RFC 3501): the mails of one folder. Its numbers follow the server's; every command names mails by UID. */
final class ImapStore implements MailStore {
    private static final int MOST_UIDS_A_COMMAND = 500;

    private final StoreWire wire;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final ReceivingSettings settings;
    private final String serverName;
    private final ImapFolder folder = new ImapFolder();
    private final Set<Long> deleted = new TreeSet<>();
    private Set<String> capabilities = Set.of();

    private ImapStore(StoreWire wire, ImapCommands commands, ReceivingSettings settings, String serverName) {
        this.wire = wire;
        this.commands = commands;
        this.dialogue = new StoreDialogue(wire, settings);
        this.settings = settings;
        this.serverName = serverName;
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
        store.logIn(known);
        wire.phase(Phase.SELECT);
        store.select();
        return store;
    }

    private void logIn(boolean known) throws SmtpException {
        dialogue.requireSecret();
        SmtpSettings server = settings.server();
        wire.phase(server.tls() == TlsMode.STARTTLS ? Phase.TLS : Phase.AUTH);
        Set<String> offered = commands.capabilities();
        if (server.tls() == TlsMode.STARTTLS) {
            // Who is logged in already cannot begin TLS: an attacker's way around it (RFC 9051, section 11.3).
            if (known || !offered.contains("STARTTLS")) {
                throw wire.noUpgrade();
            }
            if (commands.send("STARTTLS", response -> { }) != Status.OK) {
                throw wire.refused(502, commands.said());
            }
            wire.upgrade();
            wire.phase(Phase.AUTH);
            offered = commands.capabilities();
        }
        List<String> mechanisms = offered.stream().filter(one -> one.startsWith("AUTH="))
                .map(one -> one.substring("AUTH=".length())).toList();
        if (!known && !wire.logIn(commands, mechanisms)) {
            logInPlainly(offered, mechanisms);
        }
        capabilities = commands.capabilities();
    }

    private void logInPlainly(Set<String> offered, List<String> mechanisms) throws SmtpException {
        SmtpSettings server = settings.server();
        if (server.secret().kind() != Secret.Kind.PASSWORD || offered.contains("LOGINDISABLED")) {
            throw wire.noMechanism(mechanisms);
        }
        Status status = commands.send("LOGIN " + quoted(server.user()) + " " + quoted(server.secret().value()),
                "LOGIN " + quoted(server.user()) + " ***", response -> { });
        if (status != Status.OK) {
            throw wire.refused(status == Status.BAD ? 501 : commands.code(status), commands.said());
        }
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void select() throws SmtpException {
        String command = "SELECT " + FolderName.quoted(settings.folder());
        if (commands.send(command, folder::on) != Status.OK) {
            throw dialogue.refusal(Phase.SELECT, "to open the folder \"" + settings.folder() + "\"", commands.said(),
                    true);
        }
        findNew();
    }

    /** Learns the UIDs of mails that are new here. */
    private void findNew() throws SmtpException {
        if (!folder.grown()) {
            return;
        }
        List<Long> found = new ArrayList<>();
        Status status = commands.send("UID SEARCH UID " + folder.next() + ":*", response -> {
            if (response.toUpperCase(Locale.ROOT).startsWith("SEARCH")) {
                for (String word : response.substring("SEARCH".length()).strip().split(" +")) {
                    if (word.matches("\\d{1,10}")) {
                        found.add(Long.parseLong(word));
                    }
                }
            } else {
                folder.on(response);
            }
        });
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
            findNew();
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
                if (entries.containsKey(uid) && !deleted.contains(uid)) {
                    listed.add(entries.get(uid).at(number, folder.identifier(uid)));
                }
            }
            return List.copyOf(listed);
        });
    }

    private void fetch(String uids, Map<Long, ImapEntry> entries) throws SmtpException {
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
    private Optional<ImapEntry> one(long uid) throws SmtpException {
        Map<Long, ImapEntry> entries = new HashMap<>();
        fetch(Long.toString(uid), entries);
        return Optional.ofNullable(entries.get(uid));
    }

    private long there(int number) {
        long uid = folder.uid(number);
        return deleted.contains(uid) ? 0 : uid;
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

    private boolean read(long uid, String section, OutputStream to) throws SmtpException, IOException {
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
            to.write(content.getBytes(StandardCharsets.ISO_8859_1));
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
            store(Long.toString(uid), "+");
            deleted.add(uid);
            return true;
        });
    }

    private void store(String uids, String sign) throws SmtpException {
        if (commands.send("UID STORE " + uids + " " + sign + "FLAGS.SILENT (\\Deleted)", folder::on) != Status.OK) {
            throw dialogue.refusal(Phase.DELETE, "UID STORE", commands.said(), false);
        }
    }

    @Override
    public int deletions() {
        return deleted.size();
    }

    @Override
    public void reset() throws SmtpException {
        dialogue.run(Phase.DELETE, () -> {
            for (String uids : groups()) {
                store(uids, "-");
            }
            deleted.clear();
            return true;
        });
    }

    /** The marked mails, as many as a command may name. */
    private List<String> groups() {
        List<Long> all = List.copyOf(deleted);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MOST_UIDS_A_COMMAND) {
            groups.add(all.subList(i, Math.min(all.size(), i + MOST_UIDS_A_COMMAND)).stream().map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return groups;
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
        for (String uids : capabilities.contains("UIDPLUS") ? groups() : List.<String>of()) {
            if (commands.send("UID EXPUNGE " + uids, folder::on) != Status.OK) {
                return false;
            }
        }
        return true;
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
