package dev.mailroom.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Says how a {@link ScriptedSmtpServer} differs from a plain, open, well-behaved one. For one thread. */
public final class ScriptedSmtpServerBuilder {
    private final Script script = new Script();
    private final Map<String, String> passwords = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private List<String> keywords = new ArrayList<>(List.of("PIPELINING", "8BITMIME", "SIZE 52428800", "SMTPUTF8",
            "DSN", "ENHANCEDSTATUSCODES", "CHUNKING"));
    private List<String> mechanisms;
    private Optional<SSLContext> tls = Optional.empty();
    private String tlsProtocol = "";
    private boolean clientCertificate;
    private boolean implicitTls;
    private boolean authRequired = true;
    private boolean authBeforeTls;
    private Duration idleTimeout = Duration.ZERO;
    private int pieceSize;
    private boolean keepCommands = true;
    private boolean keepMails = true;
    private boolean keepContents = true;

    ScriptedSmtpServerBuilder() {
    }

    /** Exactly these EHLO keywords with their parameters; STARTTLS and AUTH are added where they are switched on. */
    public ScriptedSmtpServerBuilder keywords(String... exactly) {
        keywords = new ArrayList<>(List.of(exactly));
        return this;
    }

    /** Takes keywords away, such as {@code without("CHUNKING", "SIZE")}. */
    public ScriptedSmtpServerBuilder without(String... removed) {
        for (String keyword : removed) {
            keywords.removeIf(line -> line.equalsIgnoreCase(keyword) || line.startsWith(keyword + " "));
        }
        return this;
    }

    /** A user for PLAIN, LOGIN, CRAM-MD5 and SCRAM. With the first user AUTH is offered, and demanded before MAIL. */
    public ScriptedSmtpServerBuilder user(String name, String password) {
        passwords.put(name, password);
        return this;
    }

    /** A user for XOAUTH2 and OAUTHBEARER. */
    public ScriptedSmtpServerBuilder token(String name, String token) {
        tokens.put(name, token);
        return this;
    }

    /** The mechanisms offered, in this order; by default those that the users can use. Others answer 504. */
    public ScriptedSmtpServerBuilder mechanisms(String... offered) {
        mechanisms = List.of(offered);
        return this;
    }

    /** Mail is taken without AUTH too. */
    public ScriptedSmtpServerBuilder authOptional() {
        authRequired = false;
        return this;
    }

    /** AUTH is offered before STARTTLS too. */
    public ScriptedSmtpServerBuilder authBeforeTls() {
        authBeforeTls = true;
        return this;
    }

    /** Offers STARTTLS; see {@link TestCertificates}. */
    public ScriptedSmtpServerBuilder startTls(SSLContext context) {
        tls = Optional.of(context);
        implicitTls = false;
        return this;
    }

    /** TLS from the first byte. */
    public ScriptedSmtpServerBuilder implicitTls(SSLContext context) {
        tls = Optional.of(context);
        implicitTls = true;
        return this;
    }

    /** Speaks only that version of TLS, such as {@code TLSv1.2}. */
    public ScriptedSmtpServerBuilder tlsProtocol(String only) {
        tlsProtocol = only;
        return this;
    }

    /** Clients must show a certificate that the server's context trusts. */
    public ScriptedSmtpServerBuilder clientCertificate() {
        clientCertificate = true;
        return this;
    }

    /** After that long without a command the server says 421 and hangs up. */
    public ScriptedSmtpServerBuilder idleTimeout(Duration longest) {
        idleTimeout = longest;
        return this;
    }

    /** No write of the server is longer, so replies arrive cut anywhere. */
    public ScriptedSmtpServerBuilder pieceSize(int bytes) {
        pieceSize = bytes;
        return this;
    }

    /** Every such step gets that reply; each line with its code. */
    public ScriptedSmtpServerBuilder reply(Step step, String line) {
        return on(When.at(step), Action.reply(line));
    }

    /** Every such step with that argument gets that reply: {@code reply(RCPT, "bob@x.org", "550 5.1.1 Unknown")}. */
    public ScriptedSmtpServerBuilder reply(Step step, String argument, String line) {
        return on(When.at(step).argument(argument), Action.reply(line));
    }

    /** Every such step gets that action. */
    public ScriptedSmtpServerBuilder on(Step step, Action action) {
        return on(When.at(step), action);
    }

    /** Adds a rule; of several that match, the last added decides. */
    public ScriptedSmtpServerBuilder on(When when, Action action) {
        script.add(when, action);
        return this;
    }

    /** Adds a rule that decides for itself; empty = somebody else decides. Called by the connections' threads. */
    public ScriptedSmtpServerBuilder script(Function<Occasion, Optional<Action>> rule) {
        script.add(rule);
        return this;
    }

    /** For stress tests: counts connections and mails, keeps no command, mail or content. */
    public ScriptedSmtpServerBuilder countOnly() {
        keepCommands = false;
        keepMails = false;
        keepContents = false;
        return this;
    }

    /** Keeps the mails' envelopes but not their contents. */
    public ScriptedSmtpServerBuilder withoutContents() {
        keepContents = false;
        return this;
    }

    /** Starts on a free port of 127.0.0.1. */
    public ScriptedSmtpServer start() {
        List<String> offered = new ArrayList<>();
        if (mechanisms != null) {
            offered.addAll(mechanisms);
        } else {
            if (!passwords.isEmpty()) {
                offered.addAll(List.of("PLAIN", "LOGIN"));
            }
            if (!tokens.isEmpty()) {
                offered.add("XOAUTH2");
            }
        }
        boolean users = !passwords.isEmpty() || !tokens.isEmpty();
        return new ScriptedSmtpServer(new ServerSettings("scripted.test", List.copyOf(keywords),
                new ConcurrentHashMap<>(passwords), new ConcurrentHashMap<>(tokens), List.copyOf(offered),
                authRequired && users, tls, tlsProtocol, clientCertificate, implicitTls,
                authBeforeTls || tls.isEmpty() || implicitTls, idleTimeout, pieceSize, keepCommands, keepMails,
                keepContents), script);
    }
}
