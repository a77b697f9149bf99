package dev.mailroom.store;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.transport.AuthLine;
import dev.mailroom.transport.StoreWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands and responses (RFC 3501, section 7). A response is its line, in which literals are left out: a long one is
 * passed on as it comes, so that nothing that the server announces costs memory.
 */
final class ImapCommands implements AuthLine {
    /** A search for all of a million mails is a line of that size. */
    private static final int LONGEST_LINE = 16 << 20;
    private static final int MOST_PIECES = 1000;
    /** A literal that nobody waits for, such as the name of a folder. */
    private static final int LONGEST_ASIDE = 64 * 1024;
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d{1,19})\\+?}$");
    private static final Pattern TAGGED = Pattern.compile("(?i)(\\w+) (OK|NO|BAD)\\b ?(.*)");
    private static final Pattern CHANGE = Pattern.compile("(?is)\\* \\d+ (EXISTS|EXPUNGE|FETCH)\\b.*");
    private static final Pattern TOLD = Pattern.compile("(?i)(?:OK |PREAUTH )?\\[CAPABILITY ([^]]*)].*");
    /** Nobody waits for the content of a mail. */
    private static final Target NOWHERE = new Target(OutputStream.nullOutputStream(), 0);

    private final StoreWire wire;
    /** Commands that are to leave with the next. */
    private final List<String> queued = new ArrayList<>();
    /** The tags of commands whose ends have not come, and need not be waited for. */
    private final Set<String> open = new HashSet<>();
    private int number;
    private String idle = "";
    private String said = "";
    private boolean initialResponses;
    /** Literals need not wait (RFC 7888). */
    private boolean literalPlus;

    /**
     * Where the content of a mail goes.
     *
     * @param most octets that it may have
     * @param each whether every response may have one, rather than the first alone
     */
    record Target(OutputStream to, long most, boolean each) {
        Target(OutputStream to, long most) {
            this(to, most, false);
        }
    }

    /** Hears of the responses that come before a command's end. */
    interface Untagged {
        /** One response without its star; what it says is not checked. */
        void on(String response) throws SmtpException;
    }

    /** How a command ended. */
    enum Status { OK, NO, BAD }

    ImapCommands(StoreWire wire) {
        this.wire = wire;
    }

    /** What the server said last, as messages may show it. */
    String said() {
        return wire.shown(said);
    }

    /** The greeting, without its star. */
    String greeting() throws SmtpException {
        String line = wire.line(LONGEST_ASIDE);
        if (!line.startsWith("* ")) {
            throw wire.protocol("\"" + wire.shown(line) + "\" is no greeting of IMAP");
        }
        said = line.substring(2);
        return said;
    }

    /** Sends a command; its status, once all that comes before it was told. */
    Status send(String command, Untagged untagged) throws SmtpException {
        return send(command, command, untagged);
    }

    /** Sends a command that is logged as another. */
    Status send(String command, String logged, Untagged untagged) throws SmtpException {
        try {
            return send(command, logged, untagged, NOWHERE);
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** Sends a command whose answer has one literal, the content of a mail, for that target. */
    Status send(String command, Untagged untagged, Target target) throws SmtpException, IOException {
        return send(command, command, untagged, target);
    }

    private Status send(String command, String logged, Untagged untagged, Target target)
            throws SmtpException, IOException {
        if (command.equals(logged)) {
            return end(begin(command), untagged, target);
        }
        leave();
        String tag = "m" + ++number;
        wire.send(tag + " " + command, tag + " " + logged);
        return end(tag, untagged, target);
    }

    /** A command that leaves with the next one that is waited for; its tag. */
    String begin(String command) {
        String tag = "m" + ++number;
        queued.add(tag + " " + command);
        open.add(tag);
        return tag;
    }

    /** The end of a command that was begun. */
    Status end(String tag, Untagged untagged) throws SmtpException {
        try {
            return end(tag, untagged, NOWHERE);
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** Sends a command of which nobody has to know how it ends. */
    void post(String command) throws SmtpException {
        begin(command);
        leave();
    }

    private void leave() throws SmtpException {
        if (!queued.isEmpty()) {
            wire.send(List.copyOf(queued));
            queued.clear();
        }
    }

    /** Whether there are answers to be read that belong to commands of before. */
    boolean answersAreOpen() {
        return !open.isEmpty();
    }

    /** Sends a command that ends with a literal (RFC 3501, section 4.3), which is not logged. */
    Status send(String command, byte[] literal, Untagged untagged) throws SmtpException {
        String tag = "m" + ++number;
        leave();
        String announced = tag + " " + command + " {" + literal.length + (literalPlus ? "+}" : "}");
        wire.send(announced);
        try {
            Optional<Status> refused = literalPlus ? Optional.empty() : continuation(tag, untagged);
            if (refused.isPresent()) {
                return refused.get();
            }
            wire.sendOctets(literal);
            return end(tag, untagged, NOWHERE);
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** Empty = it may go on. */
    private Optional<Status> continuation(String tag, Untagged untagged) throws SmtpException, IOException {
        while (true) {
            StringBuilder text = new StringBuilder();
            response(text, NOWHERE);
            String response = text.toString();
            if (response.startsWith("+")) {
                return Optional.empty();
            }
            Optional<Status> status = status(tag, response, untagged);
            if (status.isPresent()) {
                return status;
            }
        }
    }

    private Status end(String tag, Untagged untagged, Target target) throws SmtpException, IOException {
        leave();
        open.remove(tag);
        Target waiting = target;
        while (true) {
            StringBuilder text = new StringBuilder();
            waiting = response(text, waiting);
            Optional<Status> status = status(tag, text.toString(), untagged);
            if (status.isPresent()) {
                return status.get();
            }
        }
    }

    /** Empty = the response is not the command's end. */
    private Optional<Status> status(String tag, String response, Untagged untagged) throws SmtpException {
        if (response.startsWith("* ")) {
            said = response.substring(2);
            untagged.on(said);
            return Optional.empty();
        }
        Matcher end = TAGGED.matcher(response);
        if (end.matches() && open.remove(end.group(1))) {
            return Optional.empty();
        }
        if (!end.matches() || !end.group(1).equals(tag)) {
            throw wire.protocol("\"" + wire.shown(response) + "\" does not end the command " + tag);
        }
        said = end.group(3);
        return Optional.of(Status.valueOf(end.group(2).toUpperCase(Locale.ROOT)));
    }

    /** Reads one response; the target that still waits for its literal. */
    private Target response(StringBuilder text, Target target) throws SmtpException, IOException {
        Target waiting = target;
        for (int pieces = 0; pieces < MOST_PIECES; pieces++) {
            String line = wire.line(LONGEST_LINE);
            Matcher literal = LITERAL.matcher(line);
            if (!line.endsWith("}") || !literal.find()) {
                text.append(line);
                return waiting;
            }
            text.append(line, 0, literal.start());
            long octets = literal.group(1).length() > 18 ? Long.MAX_VALUE : Long.parseLong(literal.group(1));
            boolean content = waiting != NOWHERE && line.toUpperCase(Locale.ROOT).contains("BODY[");
            long most = content ? waiting.most() : LONGEST_ASIDE;
            if (octets > most) {
                throw wire.protocol("it announces " + literal.group(1) + " octets where " + most + " may come");
            }
            if (content) {
                wire.copy(octets, waiting.to());
                text.append("{}");
                waiting = waiting.each() ? waiting : NOWHERE;
            } else {
                ByteArrayOutputStream aside = new ByteArrayOutputStream();
                wire.copy(octets, aside);
                text.append('"').append(aside.toString(StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "?")
                        .replaceAll("([\"\\\\])", "\\\\$1")).append('"');
            }
        }
        throw wire.protocol("a response has more than " + MOST_PIECES + " literals");
    }

    /** IDLE (RFC 2177); false = the server refuses it. */
    boolean beginIdle(Untagged untagged) throws SmtpException {
        leave();
        idle = "m" + ++number;
        wire.send(idle + " IDLE");
        try {
            return continuation(idle, untagged).isEmpty();
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** Takes a response within IDLE; whether it tells of mails that have come, gone or changed. */
    boolean idleResponse(Untagged untagged) throws SmtpException {
        try {
            StringBuilder text = new StringBuilder();
            response(text, NOWHERE);
            String response = text.toString();
            if (status(idle, response, untagged).isPresent()) {
                throw wire.protocol("it has ended IDLE by itself: \"" + said() + "\"");
            }
            return CHANGE.matcher(response).matches();
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** Ends IDLE. */
    Status endIdle(Untagged untagged) throws SmtpException {
        wire.send("DONE");
        try {
            return end(idle, untagged, NOWHERE);
        } catch (IOException e) {
            throw new IllegalStateException("nowhere takes everything", e);
        }
    }

    /** What the server can do, in capitals; it may have told that with what it said last (RFC 3501, section 7.1). */
    Set<String> capabilities() throws SmtpException {
        Matcher told = TOLD.matcher(said);
        return told.matches() ? understood(told.group(1)) : askedCapabilities();
    }

    /** The same, asked for: what was told before TLS may have come from anybody. */
    Set<String> askedCapabilities() throws SmtpException {
        StringBuilder capabilities = new StringBuilder();
        send("CAPABILITY", response -> {
            if (response.regionMatches(true, 0, "CAPABILITY ", 0, 11)) {
                capabilities.append(response, 10, response.length());
            }
        });
        return understood(capabilities.toString());
    }

    private Set<String> understood(String words) {
        Set<String> capabilities = new TreeSet<>(
                Arrays.asList(words.toUpperCase(Locale.ROOT).strip().split(" +")));
        initialResponses = capabilities.contains("SASL-IR");
        literalPlus = capabilities.contains("LITERAL+");
        return capabilities;
    }

    /** AUTHENTICATE (RFC 3501, section 6.2.2), the initial response with it where that is allowed (RFC 4959). */
    @Override
    public SmtpReply exchange(String line, String logged) throws SmtpException {
        boolean begins = line.startsWith("AUTH ");
        String[] words = line.split(" ");
        if (!begins) {
            wire.send(line, logged);
            return answer();
        }
        boolean apart = words.length == 3 && !initialResponses;
        String tag = "m" + ++number;
        String command = tag + " AUTHENTICATE " + words[1];
        wire.send(words.length == 3 && !apart ? command + " " + words[2] : command, command + " ***");
        SmtpReply answer = answer();
        if (apart && answer.code() == 334) {
            wire.send(words[2], "***");
            answer = answer();
        }
        return answer;
    }

    private SmtpReply answer() throws SmtpException {
        while (true) {
            String line = wire.line(LONGEST_ASIDE);
            if (line.startsWith("+")) {
                said = line.substring(1).strip();
                return SmtpReply.of(334, "");
            }
            if (line.startsWith("* ")) {
                continue;
            }
            Matcher end = TAGGED.matcher(line);
            if (!end.matches() || !end.group(1).equals("m" + number)) {
                throw wire.protocol("\"" + wire.shown(line) + "\" is no answer to a login");
            }
            said = end.group(3);
            return SmtpReply.of(code(Status.valueOf(end.group(2).toUpperCase(Locale.ROOT))), said());
        }
    }

    /** The end of a login in SMTP's terms; RFC 5530 marks what passes. */
    int code(Status status) {
        String code = said.toUpperCase(Locale.ROOT);
        boolean passes = code.startsWith("[UNAVAILABLE]") || code.startsWith("[INUSE]") || code.startsWith("[LIMIT]");
        return switch (status) {
            case OK -> 235;
            case NO -> passes ? 454 : 535;
            case BAD -> 504;
        };
    }

    @Override
    public String challenge() {
        return said;
    }
}
