package dev.mailroom.testing;

import static dev.mailroom.testing.ScriptedMailbox.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's side of IMAP on one connection. A mail's UID is ten times its number when it was first seen. */
final class ImapDialect implements ScriptedMailbox.Dialect {
    private static final Pattern PARTIAL = Pattern.compile("<(\\d+)\\.(\\d+)>");

    private final ScriptedMailbox mailbox;
    /** How many of all that have ever arrived the client was told of, or are gone. */
    private int told;
    private final List<String> known = new ArrayList<>();
    private final Set<Integer> deleted;
    private final Set<Integer> seen = new TreeSet<>();
    private final Set<Integer> moved = new TreeSet<>();

    ImapDialect(ScriptedMailbox mailbox) {
        this.mailbox = mailbox;
        this.told = mailbox.arrived().size();
        this.known.addAll(mailbox.mails());
        this.deleted = mailbox.marked();
    }

    @Override
    public String greeting() {
        return "* OK imap.test ready";
    }

    @Override
    public String command(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    @Override
    public String tag(String line) {
        return line.substring(0, Math.max(0, line.indexOf(' ')));
    }

    @Override
    public boolean answer(ServerWire wire, String line) throws IOException {
        String command = command(line);
        String[] words = command.split(" ");
        String end = tag(line) + " OK done";
        switch (words[0]) {
            case "CAPABILITY" -> say(wire, "* CAPABILITY " + String.join(" ", mailbox.offered()));
            case "STARTTLS" -> {
                say(wire, end);
                wire.startTls(TestCertificates.get().good(), "", false);
                return true;
            }
            case "AUTHENTICATE" -> {
                if (words.length < 3) {
                    say(wire, "+ ");
                    wire.flush();
                    words = new String[] {"", "", wire.readLine()};
                }
                if (!new String(Base64.getDecoder().decode(words[2]), ISO_8859_1).endsWith("\0secret")) {
                    end = tag(line) + " NO [AUTHENTICATIONFAILED] wrong secret";
                }
            }
            case "LOGIN" -> end = words[2].equals("\"secret\"") ? end : tag(line) + " NO wrong secret";
            case "SELECT" -> {
                say(wire, "* FLAGS (\\Deleted \\Seen)");
                say(wire, "* " + known.size() + " EXISTS");
                say(wire, "* OK [UIDVALIDITY " + mailbox.validity() + "] valid");
            }
            case "NOOP" -> tellOfNew(wire);
            case "IDLE" -> idle(wire);
            case "CREATE" -> mailbox.folders().putIfAbsent(words[1], new CopyOnWriteArrayList<>());
            case "APPEND" -> append(wire, command);
            case "UID" -> end = uid(wire, words, command) ? end : tag(line) + " NO [TRYCREATE] no such folder";
            case "LOGOUT" -> {
                say(wire, "* BYE");
                say(wire, end);
                return false;
            }
            default -> end = tag(line) + " BAD unknown";
        }
        say(wire, end);
        return true;
    }

    private synchronized void tellOfNew(ServerWire wire) throws IOException {
        List<String> arrived = mailbox.arrived();
        if (arrived.size() > told) {
            known.addAll(arrived.subList(told, arrived.size()));
            told = arrived.size();
            say(wire, "* " + known.size() + " EXISTS");
        }
    }

    private void idle(ServerWire wire) throws IOException {
        say(wire, "+ idling");
        wire.flush();
        Runnable push = () -> {
            try {
                tellOfNew(wire);
                wire.flush();
            } catch (IOException e) {
                // The reader of the line below learns it too.
                wire.abort();
            }
        };
        mailbox.whileIdle(push, () -> mailbox.heard(wire.readLine()));
    }

    /** Whatever folder was named, the mail is in the inbox then. */
    private void append(ServerWire wire, String command) throws IOException {
        int octets = Integer.parseInt(command.replaceAll(".*\\{(\\d+)\\+?}", "$1"));
        if (command.endsWith("}") && !command.endsWith("+}")) {
            say(wire, "+ go on");
            wire.flush();
        }
        StringBuilder mail = new StringBuilder();
        while (mail.length() < octets) {
            mail.append(wire.readLine()).append("\r\n");
        }
        if (mail.length() == octets) {
            wire.readLine();
        }
        mailbox.deliver(mail.substring(0, octets));
    }

    private boolean move(ServerWire wire, String[] words) throws IOException {
        List<String> folder = mailbox.folders().get(words[3]);
        if (folder == null) {
            return false;
        }
        for (int number : numbers(words[2])) {
            folder.add(known.get(number - 1));
            mailbox.live().remove(known.get(number - 1));
            moved.add(number);
        }
        return true;
    }

    /** False = a folder is not there. */
    private boolean uid(ServerWire wire, String[] words, String command) throws IOException {
        switch (words[1]) {
            case "SEARCH" -> {
                StringBuilder found = new StringBuilder("* SEARCH");
                (words[2].equals("UID") ? numbers(words[3]) : words[2].equals("UNDELETED") ? undeleted(command)
                        : matches(wire, command)).forEach(number -> found.append(' ').append(number * 10));
                say(wire, found.toString());
            }
            case "FETCH" -> {
                for (int number : numbers(words[2])) {
                    fetch(wire, number, command);
                }
            }
            case "STORE" -> {
                // Servers tell of mails that have come with any answer (RFC 3501, section 5.2).
                tellOfNew(wire);
                Set<Integer> flagged = command.contains("\\Seen") ? seen : deleted;
                if (words[3].startsWith("+")) {
                    flagged.addAll(numbers(words[2]));
                    if (flagged == seen) {
                        numbers(words[2]).forEach(number -> mailbox.seen().add(known.get(number - 1)));
                    }
                } else {
                    flagged.removeAll(numbers(words[2]));
                }
            }
            case "MOVE" -> {
                return move(wire, words);
            }
            default -> numbers(words[2]).stream().filter(deleted::remove)
                    .forEach(number -> mailbox.live().remove(known.get(number - 1)));
        }
        return true;
    }

    private List<Integer> undeleted(String command) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= known.size(); number++) {
            boolean skipped = command.endsWith("UNSEEN") && mailbox.seen().contains(known.get(number - 1));
            if (!deleted.contains(number) && !moved.contains(number) && !skipped) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Looks everywhere, whatever part of the mail was asked for; an empty text is everywhere. */
    private List<Integer> matches(ServerWire wire, String command) throws IOException {
        String text = command.endsWith("}") ? "" : command.replaceAll("^[^\"]*\"?|\"$", "");
        if (command.endsWith("}")) {
            say(wire, "+ go on");
            wire.flush();
            text = wire.readLine();
        }
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= known.size(); number++) {
            if (known.get(number - 1).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT))) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private void fetch(ServerWire wire, int number, String command) throws IOException {
        String mail = known.get(number - 1);
        String uid = "* " + number + " FETCH (UID " + number * 10;
        String attributes = " RFC822.SIZE " + mail.length() + " FLAGS (" + (seen.contains(number) ? "\\Seen" : "")
                + ") INTERNALDATE \" 1-Feb-2026 10:11:12 +0100\"";
        if (command.contains("BODY")) {
            Matcher partial = PARTIAL.matcher(command);
            String name = command.contains("HEADER") ? "BODY[HEADER]" : "BODY[]";
            String content = command.contains("HEADER") ? Pop3Dialect.header(mail) : mail;
            if (partial.find()) {
                int from = Math.min(content.length(), Integer.parseInt(partial.group(1)));
                name += "<" + partial.group(1) + ">";
                content = content.substring(from, (int) Math.min(content.length(),
                        from + Long.parseLong(partial.group(2))));
            }
            if (!command.contains("PEEK")) {
                seen.add(number);
            }
            wire.write((uid + (command.contains("RFC822.SIZE") ? attributes : "")
                    + " " + name + " {" + content.length() + "}\r\n"
                    + content).getBytes(ISO_8859_1));
            say(wire, ")");
        } else {
            say(wire, uid + attributes + ")");
        }
    }

    /** The numbers of the mails with these UIDs. */
    private List<Integer> numbers(String uids) {
        List<Integer> numbers = new ArrayList<>();
        for (String set : uids.split(",")) {
            String[] ends = set.split(":");
            long last = ends[ends.length - 1].equals("*") ? Long.MAX_VALUE : Long.parseLong(ends[ends.length - 1]);
            for (int number = 1; number <= known.size(); number++) {
                if (number * 10L >= Long.parseLong(ends[0]) && number * 10L <= last) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }
}
