package dev.mailroom.testing;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server's side of one connection (RFC 5321), by the settings where no rule of the script says otherwise. */
final class SmtpDialogue {
    private final ServerSettings settings;
    private final ConnectionLog log;
    private final ServerWire wire;
    private final Stage stage;
    private final Authentication authentication;
    private final MailReception reception;
    private boolean greeted;
    private boolean secure;

    SmtpDialogue(ServerSettings settings, Script script, DialogueRecorder recorder, ConnectionLog log,
            ServerWire wire) {
        this.settings = settings;
        this.log = log;
        this.wire = wire;
        this.stage = new Stage(settings, script, log, wire);
        this.authentication = new Authentication(stage);
        this.reception = new MailReception(stage, recorder);
    }

    /** Returns after QUIT; every other end is an exception. */
    void run() throws IOException {
        if (settings.implicitTls()) {
            handshake();
        }
        stage.perform(Step.GREETING, "", "220 " + settings.name() + " ESMTP ready");
        wire.idleTimeout(settings.idleTimeout());
        boolean open = true;
        while (open) {
            String line = nextLine();
            Step step = Step.of(line);
            if (settings.keepCommands()) {
                log.command(step == Step.AUTH ? line.replaceAll("^(\\S+ \\S+) .*", "$1 ***") : line);
            }
            checkGroup(step, line);
            open = command(step, line);
        }
        wire.close();
    }

    private boolean command(Step step, String line) throws IOException {
        switch (step) {
            case EHLO, HELO -> hello(step, line);
            case STARTTLS -> startTls();
            case AUTH -> authentication.run(line, authentication.offered(secure) && !reception.underWay());
            case MAIL -> reception.mail(line, greeted, authentication.user());
            case RCPT -> reception.rcpt(line);
            case DATA -> reception.data(authentication.user());
            case BDAT -> reception.bdat(line, authentication.user());
            case RSET -> {
                reception.reset();
                stage.perform(Step.RSET, "", "250 2.0.0 Ok");
            }
            case NOOP -> stage.perform(Step.NOOP, "", "250 2.0.0 Ok");
            case QUIT -> stage.perform(Step.QUIT, "", "221 2.0.0 Bye");
            default -> stage.perform(Step.OTHER, line, "500 5.5.2 Unknown command");
        }
        return step != Step.QUIT;
    }

    private String nextLine() throws IOException {
        try {
            return wire.readLine();
        } catch (SocketTimeoutException e) {
            stage.say("421 4.4.2 Idle for too long");
            wire.cut();
            throw e;
        }
    }

    /** RFC 2920, section 3.1: which commands may be followed by more before their reply. */
    private void checkGroup(Step step, String line) {
        boolean mayGoOn = switch (step) {
            case MAIL, RCPT, RSET -> settings.offers("PIPELINING");
            case BDAT -> true;
            default -> false;
        };
        if (!mayGoOn && wire.buffered()) {
            log.violation(step + " was followed by bytes that had to wait for its reply");
        }
        if (line.chars().anyMatch(c -> c < ' ')) {
            log.violation(step + " contains a control character");
        }
    }

    private void hello(Step step, String line) throws IOException {
        greeted = true;
        reception.reset();
        List<String> lines = new ArrayList<>(List.of(settings.name()));
        if (step == Step.EHLO) {
            lines.addAll(settings.keywords());
            if (settings.tls().isPresent() && !secure) {
                lines.add("STARTTLS");
            }
            if (authentication.offered(secure)) {
                lines.add("AUTH " + String.join(" ", settings.mechanisms()));
            }
        }
        int last = lines.size() - 1;
        lines.replaceAll(text -> "250-" + text);
        lines.set(last, "250 " + lines.get(last).substring(4));
        stage.perform(step, line.substring(4).strip(), lines.toArray(String[]::new));
    }

    private void startTls() throws IOException {
        boolean possible = settings.tls().isPresent() && !secure;
        int code = stage.perform(Step.STARTTLS, "", possible ? "220 2.0.0 Go ahead" : "502 5.5.1 Not available");
        if (code == 220) {
            handshake();
            // RFC 3207, section 4.2: everything said before is forgotten.
            greeted = false;
            authentication.forget();
            reception.reset();
        }
    }

    private void handshake() throws IOException {
        Optional<Action> scripted = stage.scripted(Step.TLS_HANDSHAKE, "");
        if (scripted.isPresent()) {
            scripted.get().perform(wire);
            wire.cut();
        }
        log.tls(wire.startTls(settings.tls().orElseThrow(() -> new ConnectionOver("the server has no certificate")),
                settings.tlsProtocol(), settings.clientCertificate()));
        secure = true;
    }
}
