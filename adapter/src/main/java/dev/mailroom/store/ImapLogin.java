package dev.mailroom.store;

import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.store.ImapCommands.Status;
import dev.mailroom.transport.StoreWire;
import java.util.List;
import java.util.Set;

/** The login of IMAP (RFC 3501, section 6.2). */
final class ImapLogin {
    private final StoreWire wire;
    private final ImapCommands commands;
    private final SmtpSettings server;

    ImapLogin(StoreWire wire, ImapCommands commands, SmtpSettings server) {
        this.wire = wire;
        this.commands = commands;
        this.server = server;
    }

    /** Does it, and TLS before it where that is wanted; what the server can do then. */
    Set<String> run(boolean known) throws SmtpException {
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
            offered = commands.askedCapabilities();
        }
        List<String> mechanisms = offered.stream().filter(one -> one.startsWith("AUTH="))
                .map(one -> one.substring("AUTH=".length())).toList();
        if (!known && !wire.logIn(commands, mechanisms)) {
            logInPlainly(offered, mechanisms);
        }
        return commands.capabilities();
    }

    private void logInPlainly(Set<String> offered, List<String> mechanisms) throws SmtpException {
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
}
