package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.store.ImapCommands.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which mails this connection has marked as deleted, in the open folder and in those that it has left. */
final class ImapMarks {
    private static final int MOST_UIDS_A_COMMAND = 500;

    private final ImapCommands commands;
    private final StoreDialogue dialogue;
    private final Set<Long> here = new TreeSet<>();
    private final Map<String, Left> left = new LinkedHashMap<>();

    private record Left(String validity, Set<Long> uids) {
    }

    /** Opens a folder that was left. */
    interface Selection {
        /** What is in it now. */
        ImapFolder of(String name) throws SmtpException;
    }

    ImapMarks(ImapCommands commands, StoreDialogue dialogue) {
        this.commands = commands;
        this.dialogue = dialogue;
    }

    boolean has(long uid) {
        return here.contains(uid);
    }

    int count() {
        return here.size() + left.values().stream().mapToInt(one -> one.uids().size()).sum();
    }

    /** Marks a mail of the open folder. */
    void add(long uid, ImapFolder folder) throws SmtpException {
        store(Long.toString(uid), "+", folder);
        here.add(uid);
    }

    /** The same with a mail that may be gone; false = it is. */
    boolean addIfThere(long uid, ImapFolder folder) throws SmtpException {
        String fetch = commands.begin("UID FETCH " + uid + " (UID FLAGS)");
        String store = commands.begin(storing(Long.toString(uid), "+"));
        boolean[] there = new boolean[1];
        if (commands.end(fetch, response -> {
            there[0] |= response.matches("(?i)\\d+ FETCH \\(.*\\bUID " + uid + "\\b.*");
            folder.on(response);
        }) != Status.OK) {
            throw dialogue.refusal(Phase.DELETE, "UID FETCH", commands.said(), false);
        }
        if (commands.end(store, folder::on) != Status.OK) {
            throw dialogue.refusal(Phase.DELETE, "UID STORE", commands.said(), false);
        }
        if (there[0]) {
            here.add(uid);
        }
        return there[0];
    }

    /** The folder is going to be left. */
    void leave(String name, String validity) {
        if (!here.isEmpty()) {
            left.put(name, new Left(validity, Set.copyOf(here)));
            here.clear();
        }
    }

    /** The folder was opened: what was marked there before is marked still, if its UIDs mean the same. */
    void enter(String name, String validity) {
        Left before = left.remove(name);
        if (before != null && before.validity().equals(validity)) {
            here.addAll(before.uids());
        }
    }

    /** Those of another connection are this one's now. */
    void resume(ImapMarks former) {
        here.addAll(former.here);
        left.putAll(former.left);
    }

    /** Takes all back. */
    void reset(ImapFolder folder, Selection selection) throws SmtpException {
        for (String uids : groups(here)) {
            store(uids, "-", folder);
        }
        here.clear();
        for (Map.Entry<String, Left> one : left.entrySet()) {
            ImapFolder opened = selection.of(one.getKey());
            if (opened.validity().equals(one.getValue().validity())) {
                for (String uids : groups(one.getValue().uids())) {
                    store(uids, "-", opened);
                }
            }
        }
        left.clear();
    }

    private void store(String uids, String sign, ImapFolder folder) throws SmtpException {
        if (commands.send(storing(uids, sign), folder::on) != Status.OK) {
            throw dialogue.refusal(Phase.DELETE, "UID STORE", commands.said(), false);
        }
    }

    private static String storing(String uids, String sign) {
        return "UID STORE " + uids + " " + sign + "FLAGS.SILENT (\\Deleted)";
    }

    /** Removes what is marked, and nothing else (RFC 4315); false = the server refused. */
    boolean expunge(ImapFolder folder, Selection selection) throws SmtpException {
        if (!expunge(here, folder)) {
            return false;
        }
        for (Map.Entry<String, Left> one : left.entrySet()) {
            ImapFolder opened = selection.of(one.getKey());
            if (opened.validity().equals(one.getValue().validity()) && !expunge(one.getValue().uids(), opened)) {
                return false;
            }
        }
        return true;
    }

    /** Removes what is marked in the open folder; false = the server refused. */
    boolean expungeHere(ImapFolder folder) throws SmtpException {
        boolean done = expunge(here, folder);
        if (done) {
            here.clear();
        }
        return done;
    }

    /** Removes these mails of the open folder. */
    boolean expunge(Collection<Long> uids, ImapFolder folder) throws SmtpException {
        for (String group : groups(uids)) {
            if (commands.send("UID EXPUNGE " + group, folder::on) != Status.OK) {
                return false;
            }
        }
        return true;
    }

    /** The UIDs, as many together as a command may name. */
    static List<String> groups(Collection<Long> uids) {
        List<Long> all = List.copyOf(uids);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MOST_UIDS_A_COMMAND) {
            groups.add(all.subList(i, Math.min(all.size(), i + MOST_UIDS_A_COMMAND)).stream().map(String::valueOf)
                    .collect(Collectors.joining(",")));
        }
        return groups;
    }
}
