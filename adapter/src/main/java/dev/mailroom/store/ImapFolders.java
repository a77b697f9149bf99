package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Phase;
import dev.mailroom.SmtpException;
import dev.mailroom.receiving.ImapMailbox;
import dev.mailroom.receiving.MailFolder;
import dev.mailroom.receiving.MailSearch;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.store.ImapCommands.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Folders, flags, moving and searching (RFC 3501, sections 6.3 and 6.4), on the connection of a store. */
final class ImapFolders implements ImapMailbox {
    private static final int MOST_FOLDERS = 10_000;
    private static final Pattern LISTED = Pattern.compile(
            "(?i)LIST \\(([^)]*)\\) (?:NIL|\"((?:\\\\.|[^\"\\\\])?)\") (?:\"((?:\\\\.|[^\"\\\\])*+)\"|(\\S+)).*");
    private static final Pattern FLAGS = Pattern.compile("(?i)\\d{1,10} FETCH \\(.*?FLAGS \\(([^)]*)\\).*");
    private static final Pattern FLAG = Pattern.compile("\\\\?[A-Za-z0-9$_.+:-]{1,100}");

    private final ImapStore store;
    private final ImapArrivals arrivals;
    private final ImapCommands commands;
    private final StoreDialogue dialogue;

    ImapFolders(ImapStore store, ImapArrivals arrivals, ImapCommands commands, StoreDialogue dialogue) {
        this.store = store;
        this.arrivals = arrivals;
        this.commands = commands;
        this.dialogue = dialogue;
    }

    @Override
    public String folder() {
        return store.name();
    }

    @Override
    public String identifier(int number) {
        long uid = store.there(number);
        return uid == 0 ? "" : store.folder().identifier(uid);
    }

    @Override
    public List<MailFolder> folders() throws SmtpException {
        boolean asked = store.can("SPECIAL-USE") && store.can("LIST-EXTENDED");
        return dialogue.run(Phase.LIST, () -> {
            List<MailFolder> folders = new ArrayList<>();
            Status status = commands.send("LIST \"\" \"*\"" + (asked ? " RETURN (SPECIAL-USE)" : ""), response -> {
                Matcher listed = LISTED.matcher(response);
                if (!listed.matches()) {
                    store.folder().on(response);
                } else if (folders.size() < MOST_FOLDERS) {
                    folders.add(folder(listed));
                }
            });
            if (status != Status.OK) {
                throw dialogue.refusal(Phase.LIST, "LIST", commands.said(), false);
            }
            return List.copyOf(folders);
        });
    }

    private static MailFolder folder(Matcher listed) {
        String name = listed.group(3) == null ? listed.group(4) : bare(listed.group(3));
        return new MailFolder(FolderName.decoded(new String(name.getBytes(ISO_8859_1), UTF_8)),
                listed.group(2) == null ? "" : bare(listed.group(2)), words(listed.group(1)));
    }

    private static String bare(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }

    private static Set<String> words(String list) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(list.strip().split(" +")));
        words.remove("");
        return words;
    }

    @Override
    public void open(String folder) throws SmtpException {
        dialogue.run(Phase.SELECT, () -> {
            store.open(folder);
            return true;
        });
    }

    @Override
    public void create(String folder) throws SmtpException {
        change("CREATE " + FolderName.quoted(folder), "to create the folder \"" + folder + "\"");
    }

    @Override
    public void rename(String folder, String name) throws SmtpException {
        change("RENAME " + FolderName.quoted(folder) + " " + FolderName.quoted(name),
                "to rename the folder \"" + folder + "\" to \"" + name + "\"");
    }

    @Override
    public void delete(String folder) throws SmtpException {
        change("DELETE " + FolderName.quoted(folder), "to delete the folder \"" + folder + "\"");
    }

    private void change(String command, String what) throws SmtpException {
        dialogue.run(Phase.CHANGE, () -> {
            if (commands.send(command, store.folder()::on) != Status.OK) {
                throw dialogue.refusal(Phase.CHANGE, what, commands.said(), true);
            }
            return true;
        });
    }

    @Override
    public boolean move(int number, String folder) throws SmtpException {
        long uid = store.there(number);
        if (uid == 0) {
            return false;
        }
        if (store.can("MOVE")) {
            change("UID MOVE " + uid + " " + FolderName.quoted(folder), "to move a mail to \"" + folder + "\"");
            return true;
        }
        copy(uid, folder);
        return dialogue.run(Phase.CHANGE, () -> {
            store.marks().add(uid, store.folder());
            if (store.can("UIDPLUS") && !store.marks().expunge(List.of(uid), store.folder())) {
                throw dialogue.refusal(Phase.CHANGE, "to remove a mail that was copied to \"" + folder + "\"",
                        commands.said(), false);
            }
            return true;
        });
    }

    @Override
    public boolean copy(int number, String folder) throws SmtpException {
        long uid = store.there(number);
        if (uid != 0) {
            copy(uid, folder);
        }
        return uid != 0;
    }

    private void copy(long uid, String folder) throws SmtpException {
        change("UID COPY " + uid + " " + FolderName.quoted(folder), "to copy a mail to \"" + folder + "\"");
    }

    @Override
    public Optional<Set<String>> flags(int number) throws SmtpException {
        long uid = store.there(number);
        if (uid == 0) {
            return Optional.empty();
        }
        return dialogue.run(Phase.FETCH, () -> {
            Set<String> flags = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            boolean[] came = new boolean[1];
            Status status = commands.send("UID FETCH " + uid + " (UID FLAGS)", response -> {
                Matcher fetched = FLAGS.matcher(response);
                if (!fetched.matches()) {
                    store.folder().on(response);
                } else if (response.matches("(?i).*[( ]UID " + uid + "\\b.*")) {
                    came[0] = true;
                    flags.addAll(words(fetched.group(1)));
                }
            });
            if (status != Status.OK) {
                throw dialogue.refusal(Phase.FETCH, "UID FETCH", commands.said(), false);
            }
            return came[0] ? Optional.of(flags) : Optional.empty();
        });
    }

    @Override
    public boolean flag(int number, Set<String> flags, boolean on) throws SmtpException {
        String list = list(flags);
        long uid = store.there(number);
        if (uid != 0 && !flags.isEmpty()) {
            change("UID STORE " + uid + (on ? " +" : " -") + "FLAGS.SILENT " + list, "to change the flags " + list);
        }
        return uid != 0;
    }

    private static String list(Set<String> flags) {
        for (String flag : flags) {
            if (flag.equalsIgnoreCase("\\Deleted") || !FLAG.matcher(flag).matches()) {
                throw new IllegalArgumentException("the flag \"" + flag.replaceAll("\\p{Cntrl}", "?")
                        + "\" cannot be set; pass \\Seen, \\Answered, \\Flagged, \\Draft or a word of letters and"
                        + " digits (deleting has an operation of its own)");
            }
        }
        return "(" + String.join(" ", flags) + ")";
    }

    @Override
    public void append(String folder, byte[] mail, Set<String> flags) throws SmtpException {
        String list = list(flags);
        if (mail.length > store.longest()) {
            throw new IllegalArgumentException("the mail to be stored has " + mail.length + " octets, more than the "
                    + store.longest() + " that may be read; an administrator can raise mailroom.receive.max-message");
        }
        String command = "APPEND " + FolderName.quoted(folder) + (flags.isEmpty() ? "" : " " + list);
        dialogue.run(Phase.CHANGE, () -> {
            if (commands.send(command, mail, store.folder()::on) != Status.OK) {
                throw dialogue.refusal(Phase.CHANGE, "to store a mail in \"" + folder + "\"", commands.said(), true);
            }
            return true;
        });
    }

    @Override
    public List<Integer> search(MailSearch search) throws SmtpException {
        String key = switch (search.where()) {
            case ANYTHING -> "ALL";
            case ANYWHERE -> "TEXT ";
            case BODY -> "BODY ";
            case SUBJECT -> "SUBJECT ";
            case FROM -> "FROM ";
            case TO -> "TO ";
            case CC -> "CC ";
            case MESSAGE_ID -> "HEADER Message-ID ";
        };
        String text = search.where() == MailSearch.Where.ANYTHING ? "" : search.text();
        boolean ascii = text.chars().allMatch(c -> c < 128);
        return dialogue.run(Phase.LIST, () -> {
            List<Long> uids = new ArrayList<>();
            ImapCommands.Untagged found = store.folder().found(uids);
            Status status = ascii
                    ? commands.send("UID SEARCH " + key + (text.isEmpty() ? "" : quoted(text)), found)
                    : commands.send("UID SEARCH CHARSET UTF-8 " + key.strip(), text.getBytes(UTF_8), found);
            if (status != Status.OK) {
                throw dialogue.refusal(Phase.LIST, "UID SEARCH", commands.said(), false);
            }
            return uids.stream().map(uid -> store.folder().number(store.folder().identifier(uid)))
                    .filter(number -> store.there(number) != 0).sorted().distinct().toList();
        });
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public List<MessageEntry> pending(boolean unseen) throws SmtpException {
        return arrivals.pending(unseen);
    }

    @Override
    public Optional<byte[]> peek(int number) throws SmtpException {
        return arrivals.peek(number);
    }

    @Override
    public boolean expunge() throws SmtpException {
        return arrivals.expunge();
    }

    @Override
    public boolean awaitNews(Duration longest) throws SmtpException {
        return arrivals.awaitNews(longest);
    }
}
