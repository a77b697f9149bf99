package dev.mailroom.testing;

import static dev.mailroom.testing.ScriptedMailbox.say;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The server's side of POP3 on one connection. */
final class Pop3Dialect implements ScriptedMailbox.Dialect {
    private final ScriptedMailbox mailbox;
    private final List<String> mails;
    private final Set<Integer> deleted = new TreeSet<>();
    private boolean secured;

    Pop3Dialect(ScriptedMailbox mailbox) {
        this.mailbox = mailbox;
        this.mails = mailbox.mails();
    }

    @Override
    public String greeting() {
        return "+OK pop.test ready";
    }

    @Override
    public String command(String line) {
        return line;
    }

    @Override
    public String tag(String line) {
        return "";
    }

    @Override
    public boolean answer(ServerWire wire, String line) throws IOException {
        String[] words = line.split(" ");
        int number = words.length > 1 && words[1].matches("\\d+") ? Integer.parseInt(words[1]) : 0;
        switch (words[0]) {
            case "CAPA" -> {
                say(wire, "+OK");
                for (String word : mailbox.offered()) {
                    if (!secured || !word.equals("STLS")) {
                        say(wire, word);
                    }
                }
                say(wire, ".");
            }
            case "STLS" -> {
                say(wire, "+OK begin");
                wire.startTls(TestCertificates.get().good(), "", false);
                secured = true;
            }
            case "AUTH" -> say(wire, new String(Base64.getDecoder().decode(words[2]), ISO_8859_1).endsWith("\0secret")
                    ? "+OK in" : "-ERR [AUTH] wrong secret");
            case "USER" -> say(wire, "+OK");
            case "PASS" -> say(wire, words[1].equals("secret") ? "+OK in" : "-ERR wrong");
            case "STAT" -> say(wire, "+OK " + mails.size() + " 1000");
            case "LIST", "UIDL" -> list(wire, words[0].equals("LIST"), number);
            case "RETR" -> content(wire, mails.get(number - 1));
            case "TOP" -> content(wire, header(mails.get(number - 1)));
            case "DELE" -> {
                deleted.add(number);
                say(wire, "+OK");
            }
            case "RSET" -> {
                deleted.clear();
                say(wire, "+OK");
            }
            case "QUIT" -> {
                deleted.forEach(one -> mailbox.live().remove(mails.get(one - 1)));
                say(wire, "+OK bye");
                return false;
            }
            default -> say(wire, "-ERR unknown");
        }
        return true;
    }

    static String header(String mail) {
        int end = mail.indexOf("\r\n\r\n");
        return end < 0 ? mail : mail.substring(0, end + 4);
    }

    private void list(ServerWire wire, boolean sizes, int number) throws IOException {
        if (number > 0) {
            say(wire, "+OK " + entry(number, sizes));
            return;
        }
        say(wire, "+OK");
        for (int i = 1; i <= mails.size(); i++) {
            if (!deleted.contains(i)) {
                say(wire, entry(i, sizes));
            }
        }
        say(wire, ".");
    }

    private String entry(int number, boolean sizes) {
        return number + " " + (sizes ? String.valueOf(mails.get(number - 1).length())
                : "u" + Integer.toHexString(mails.get(number - 1).hashCode()));
    }

    private static void content(ServerWire wire, String content) throws IOException {
        say(wire, "+OK");
        String stuffed = ("\n" + content).replace("\n.", "\n..").substring(1);
        wire.write(stuffed.getBytes(ISO_8859_1));
        say(wire, stuffed.endsWith("\r\n") ? "." : "\r\n.");
    }
}
