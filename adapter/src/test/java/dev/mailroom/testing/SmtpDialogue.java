package dev.mailroom.testing;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The server's side of one connection (RFC 5321), by the settings where no rule of the script says otherwise. */
final class SmtpDialogue {
    private final ServerSettings settings;
    private final Script script;
    private final Recorder recorder;
    private final ConnectionLog log;
    private final Wire wire;
    private final AuthExchange authExchange;
    private final int[] counts = new int[Step.values().length];
    private boolean greeted;
    private boolean secure;
    private String user = "";
    private MailTransaction transaction;
    private int earlyCode;

    SmtpDialogue(ServerSettings settings, Script script, Recorder recorder, ConnectionLog log, Wire wire) {
        this.settings = settings;
        this.script = script;
        this.recorder = recorder;
        this.log = log;
        this.wire = wire;
        this.authExchange = new AuthExchange(wire, settings);
    }

    /** Returns after QUIT; every other end is an exception. */
    void run() throws IOException {
        if (settings.implicitTls()) {
            handshake();
        }
        at(Step.GREETING, "", "220 " + settings.name() + " ESMTP ready");
        wire.idleTimeout(settings.idleTimeout());
        while (true) {
            String line = nextLine();
            Step step = Step.of(line);
            if (settings.keepCommands()) {
                log.command(step == Step.AUTH ? line.replaceAll("^(\\S+ \\S+) .*", "$1 ***") : line);
            }
            checkGroup(step, line);
            switch (step) {
                case EHLO, HELO -> hello(step, line);
                case STARTTLS -> startTls();
                case AUTH -> auth(line);
                case MAIL -> mail(line);
                case RCPT -> rcpt(line);
                case DATA -> data();
                case BDAT -> bdat(line);
                case RSET -> {
                    transaction = null;
                    at(Step.RSET, "", "250 2.0.0 Ok");
                }
                case NOOP -> at(Step.NOOP, "", "250 2.0.0 Ok");
                case QUIT -> {
                    at(Step.QUIT, "", "221 2.0.0 Bye");
                    wire.close();
                    return;
                }
                default -> at(Step.OTHER, line, "500 5.5.2 Unknown command");
            }
        }
    }

    private String nextLine() throws IOException {
        try {
            return wire.readLine();
        } catch (SocketTimeoutException e) {
            wire.write("421 4.4.2 Idle for too long\r\n".getBytes(StandardCharsets.US_ASCII));
            wire.cut();
            throw e;
        }
    }

    /** RFC 2920, section 3.1: which commands may share a group. */
    private void checkGroup(Step step, String line) {
        boolean mayGoOn = switch (step) {
            case MAIL, RCPT, RSET, BDAT -> settings.offers("PIPELINING");
            default -> false;
        };
        if (!mayGoOn && step != Step.BDAT && wire.buffered()) {
            log.violation(step + " was followed by bytes that had to wait for its reply");
        }
        if (line.chars().anyMatch(c -> c < ' ')) {
            log.violation(step + " contains a control character");
        }
    }

    private void hello(Step step, String line) throws IOException {
        greeted = true;
        transaction = null;
        List<String> lines = new ArrayList<>(List.of(settings.name()));
        if (step == Step.EHLO) {
            lines.addAll(settings.keywords());
            if (settings.tls().isPresent() && !secure) {
                lines.add("STARTTLS");
            }
            if (authOffered()) {
                lines.add("AUTH " + String.join(" ", settings.mechanisms()));
            }
        }
        int last = lines.size() - 1;
        lines.replaceAll(text -> "250-" + text);
        lines.set(last, "250 " + lines.get(last).substring(4));
        at(step, line.substring(4).strip(), lines.toArray(String[]::new));
    }

    private boolean authOffered() {
        return !settings.mechanisms().isEmpty() && (secure || settings.authBeforeTls());
    }

    private void startTls() throws IOException {
        boolean possible = settings.tls().isPresent() && !secure;
        int code = at(Step.STARTTLS, "", possible ? "220 2.0.0 Go ahead" : "502 5.5.1 Not available");
        if (code == 220) {
            handshake();
            greeted = false;
            user = "";
            transaction = null;
        }
    }

    private void handshake() throws IOException {
        Optional<Action> scripted = script.at(occasion(Step.TLS_HANDSHAKE, ""));
        if (scripted.isPresent()) {
            scripted.get().perform(wire);
            wire.cut();
        }
        log.tls(wire.startTls(settings.tls().orElseThrow(() -> new ConnectionOver("the server has no certificate"))));
        secure = true;
    }

    private void auth(String line) throws IOException {
        String[] words = line.split(" ", 3);
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String initial = words.length > 2 ? words[2] : "";
        Optional<Action> scripted = script.at(occasion(Step.AUTH, mechanism));
        if (scripted.isPresent()) {
            boolean accepted = scripted.get().code() == 235;
            String claimed = AuthExchange.userIn(mechanism, initial);
            log.auth(new AuthAttempt(mechanism, claimed, "", accepted));
            user = accepted ? claimed : user;
            scripted.get().perform(wire);
        } else if (!authOffered() || !user.isEmpty() || transaction != null) {
            say("503 5.5.1 AUTH is not possible now");
        } else if (settings.mechanisms().stream().noneMatch(mechanism::equals)) {
            say("504 5.5.4 Unknown mechanism");
        } else {
            authenticate(mechanism, initial);
        }
    }

    private void authenticate(String mechanism, String initial) throws IOException {
        Optional<AuthExchange.Credentials> given = authExchange.run(mechanism, initial);
        if (given.isEmpty()) {
            log.auth(new AuthAttempt(mechanism, "", "", false));
            say("501 5.5.2 Cancelled, or not understood");
            return;
        }
        String claimed = given.get().user();
        boolean known = authExchange.accepts(mechanism, given.get());
        Optional<Action> scripted = script.at(occasion(Step.CREDENTIALS, mechanism));
        boolean accepted = scripted.map(action -> action.code() == 235).orElse(known);
        log.auth(new AuthAttempt(mechanism, claimed, given.get().secret(), accepted));
        user = accepted ? claimed : "";
        if (scripted.isPresent()) {
            scripted.get().perform(wire);
        } else if (known) {
            say("235 2.7.0 Authenticated");
        } else {
            authExchange.explainRefusal(mechanism);
            say("535 5.7.8 Wrong user name or password");
        }
    }

    private void mail(String line) throws IOException {
        Optional<PathArgument> parsed = PathArgument.parse(line, "MAIL FROM:<");
        Optional<String> unknown = parsed.flatMap(sender -> sender.unknownParameter(settings));
        String reply = "250 2.1.0 Ok";
        if (!greeted) {
            reply = "503 5.5.1 EHLO first";
        } else if (settings.authRequired() && user.isEmpty()) {
            reply = "530 5.7.0 Authentication required";
        } else if (transaction != null) {
            reply = "503 5.5.1 Nested MAIL";
        } else if (parsed.isEmpty()) {
            reply = "501 5.5.4 Not understood";
        } else if (unknown.isPresent()) {
            reply = "555 5.5.4 Unsupported parameter " + unknown.get();
        } else if (parsed.get().announcedSize() > settings.greatestSize()) {
            reply = "552 5.3.4 Too large";
        }
        PathArgument sender = parsed.orElseGet(() -> new PathArgument("", List.of()));
        if (at(Step.MAIL, sender.path(), reply) / 100 == 2) {
            transaction = new MailTransaction(sender);
        }
    }

    private void rcpt(String line) throws IOException {
        Optional<PathArgument> parsed = PathArgument.parse(line, "RCPT TO:<");
        Optional<String> unknown = parsed.flatMap(recipient -> recipient.unknownParameter(settings));
        String reply = "250 2.1.5 Ok";
        if (transaction == null) {
            reply = "503 5.5.1 MAIL first";
        } else if (parsed.isEmpty() || parsed.get().path().isEmpty()) {
            reply = "501 5.5.4 Not understood";
        } else if (unknown.isPresent()) {
            reply = "555 5.5.4 Unsupported parameter " + unknown.get();
        }
        PathArgument recipient = parsed.orElseGet(() -> new PathArgument("", List.of()));
        if (at(Step.RCPT, recipient.path(), reply) / 100 == 2 && transaction != null) {
            transaction.recipients.add(new ReceivedMail.Recipient(recipient.path(), recipient.parameters()));
        }
    }

    private void data() throws IOException {
        String reply = "354 End with a lone dot";
        if (transaction == null || transaction.chunks != null) {
            reply = "503 5.5.1 Bad sequence";
        } else if (transaction.recipients.isEmpty()) {
            reply = "554 5.5.1 No valid recipients";
        }
        if (at(Step.DATA, "", reply) == 354) {
            ContentReader content = reader();
            content.readToDot();
            finish(Step.FINAL_DOT, "", content);
        }
    }

    private void bdat(String line) throws IOException {
        String argument = line.substring(4).strip();
        if (!argument.matches("(?i)\\d{1,12}( LAST)?")) {
            at(Step.BDAT, argument, "501 5.5.4 Not understood");
            return;
        }
        boolean last = argument.length() > 4 && argument.substring(argument.length() - 4).equalsIgnoreCase("LAST");
        long size = Long.parseLong(argument.split(" ")[0]);
        // What was announced is on its way and must be read, whatever becomes of it (RFC 3030, section 2).
        ContentReader content = transaction != null && transaction.chunks != null ? transaction.chunks : reader();
        content.readChunk(size);
        String refusal = transaction == null || transaction.chunkRefused || !settings.offers("CHUNKING")
                ? "503 5.5.1 Bad sequence" : "554 5.5.1 No valid recipients";
        if (transaction == null || transaction.chunkRefused || transaction.recipients.isEmpty()
                || !settings.offers("CHUNKING")) {
            at(Step.BDAT, argument, refusal);
            return;
        }
        transaction.chunks = content;
        if (last) {
            finish(Step.BDAT, argument, content);
        } else {
            transaction.chunkRefused = at(Step.BDAT, argument, "250 2.0.0 " + size + " octets") / 100 != 2;
        }
    }

    private ContentReader reader() {
        earlyCode = 0;
        Optional<Action> scripted = script.at(occasion(Step.CONTENT, ""));
        return new ContentReader(wire, settings.keepContents(), scripted.map(Action::afterBytes).orElse(-1L), () -> {
            earlyCode = scripted.orElseThrow().code();
            scripted.get().perform(wire);
            wire.flush();
        });
    }

    /** The content is complete: recorded before the reply leaves, so whoever reads the reply finds the mail. */
    private void finish(Step step, String argument, ContentReader content) throws IOException {
        MailTransaction mail = transaction == null
                ? new MailTransaction(new PathArgument("", List.of())) : transaction;
        transaction = null;
        if (content.bareLineEnd()) {
            log.violation("the content has a CR or LF alone");
        }
        if (content.eightBit() && !mail.eightBit()) {
            log.violation("the content has 8-bit octets, MAIL did not say BODY=8BITMIME");
        }
        String reply = "250 2.0.0 Accepted";
        if (mail.recipients.isEmpty()) {
            reply = "554 5.5.1 No valid recipients";
        } else if (content.size() > settings.greatestSize()) {
            reply = "552 5.3.4 Too large";
        }
        Action action = earlyCode != 0 ? Action.nothing().countsAs(earlyCode)
                : script.at(occasion(step, argument)).orElse(Action.reply(reply));
        recorder.received(mail.finished(log.number(), user, content, action.code()));
        action.perform(wire);
    }

    private Occasion occasion(Step step, String argument) {
        return new Occasion(step, argument, log.number(), ++counts[step.ordinal()]);
    }

    private int at(Step step, String argument, String... defaultReply) throws IOException {
        Action action = script.at(occasion(step, argument)).orElseGet(() -> Action.reply(defaultReply));
        action.perform(wire);
        return action.code();
    }

    private void say(String line) throws IOException {
        wire.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
