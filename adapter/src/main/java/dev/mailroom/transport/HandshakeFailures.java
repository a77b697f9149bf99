package dev.mailroom.transport;

import dev.mailroom.ClientKey;
import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Identity;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.VisibleText;
import dev.mailroom.smtp.Capabilities;
import dev.mailroom.smtp.ServerAddress;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.util.List;
import java.util.Optional;

/** Says what went wrong while a connection was opened, so that a person can act on it. */
final class HandshakeFailures {
    /** Characters of a reason that people are shown. */
    private static final int SHOWN = 300;

    private final SmtpSettings settings;
    private final ServerAddress peer;
    private final Identity.MailProtocol protocol;

    HandshakeFailures(SmtpSettings settings) {
        this.settings = settings;
        this.protocol = settings.identity().protocol();
        this.peer = new ServerAddress(settings.host(), settings.port());
    }

    ServerAddress peer() {
        return peer;
    }

    private String server() {
        return "the " + protocol + " server " + peer;
    }

    /** POP3 and IMAP answer without numbers: the code only says what kind of answer it is. */
    private String said(SmtpReply reply) {
        return protocol == Identity.MailProtocol.SMTP ? reply.toString() : reply.text();
    }

    /** The server has answered, and not as hoped; or something broke that has no reply. */
    SmtpException refused(Phase phase, SmtpReply reply, Exception cause) {
        if (!reply.isPresent()) {
            return failure(phase, "the connection to " + peer + " could not be opened (" + phase.words() + ")", reply,
                    cause);
        }
        String words = switch (phase) {
            case GREETING -> server() + " greeted with a refusal: " + said(reply);
            case EHLO -> server() + " refused EHLO: " + reply
                    + (reply.isPermanent() ? "; if it does not take the name given there, set ehlo-name" : "");
            case TLS -> server() + " refused " + protocol.upgrade() + ": " + said(reply);
            case AUTH -> refusedLogin(reply) + advice(reply);
            default -> server() + " refused: " + said(reply);
        };
        return failure(phase, words, reply, cause);
    }

    private String refusedLogin(SmtpReply reply) {
        return server() + " refused the login \"" + settings.user() + "\": " + said(reply);
    }

    /**
     * The server has refused a login.
     *
     * @param reason what it said about it within the exchange; empty = nothing
     */
    SmtpException refusedLogin(SmtpReply reply, String reason) {
        if (reason.isEmpty()) {
            return refused(Phase.AUTH, reply, null);
        }
        String masked = VisibleText.of(new SecretMask(settings.secret()).apply(reason.replaceAll("\\s+", " ")));
        String shown = masked.length() <= SHOWN ? masked : masked.substring(0, SHOWN) + " …";
        return failure(Phase.AUTH, refusedLogin(reply) + " (it said: " + shown + ")" + advice(reply), reply, null);
    }

    /** The password can be the cause only where the server judged it. */
    private String advice(SmtpReply reply) {
        if (reply.isTransient()) {
            return "";
        }
        return switch (reply.code()) {
            case 530, 538 -> settings.tls() == TlsMode.NONE ? "; it wants TLS before a login: use STARTTLS (optionTLS) "
                    + "or implicit TLS (optionSSL)" : "; it does not want a login now: ask its administrator how to";
            case 500, 501, 502, 503, 504, 334 -> "; the " + secret() + " was not judged: ask its administrator which "
                    + "ways to log in it knows";
            case 534 -> "; it wants a stronger way to log in: ask its administrator which";
            default -> "; check the user name and the " + secret();
        };
    }

    /** The other side, not the secret, is in question; nothing else is tried. */
    SmtpException untrusted(String why) {
        return lasting(Phase.AUTH, "the login \"" + settings.user() + "\" at " + server()
                + " was given up: " + why, null);
    }

    SmtpException noStartTls() {
        return lasting(Phase.TLS, server() + " does not offer " + protocol.upgrade() + ", which this session "
                + "requires; use a port where it does (usually " + protocol.plainPort() + "), implicit TLS (usually "
                + "port " + protocol.tlsPort() + "), or no TLS at all", null);
    }

    SmtpException injected() {
        return lasting(Phase.TLS, server() + ", or somebody in between, sent something in plain text "
                + "behind its consent to " + protocol.upgrade() + "; that is how commands are injected into an "
                + "encrypted session", null);
    }

    SmtpException unasked(Phase phase) {
        return failure(phase, server() + " spoke without being asked (before " + phase.words()
                + "); it does not keep to the protocol", SmtpReply.NONE, null);
    }

    SmtpException noMechanism(Capabilities offered) {
        return lasting(Phase.AUTH, server() + " offers no way to log in with "
                + (settings.secret().kind() == Secret.Kind.ACCESS_TOKEN ? "an access token (OAUTHBEARER or XOAUTH2)"
                : "a password (SCRAM, CRAM-MD5, PLAIN or LOGIN)") + "; it offers "
                + (offered.mechanisms().isEmpty() ? "none" : String.join(", ", offered.mechanisms()))
                + (settings.tls() == TlsMode.NONE ? ", perhaps because the connection is not encrypted"
                : ""), null);
    }

    SmtpException tls(IOException cause) {
        // As programs name it when they start a session of that kind.
        String option = protocol == Identity.MailProtocol.SMTP ? "optionTLS" : "emailOptionSecuredTLS";
        String otherwise = "use " + protocol.upgrade() + " (" + option + ", usually port " + protocol.plainPort()
                + "), or no TLS at all";
        String words = "no TLS with " + server() + ": " + Tls.words(cause, settings.host(), otherwise);
        if (settings.tls() == TlsMode.IMPLICIT && cause instanceof InterruptedIOException) {
            words += "; if this port does not expect TLS from the first byte, " + otherwise;
        }
        return Tls.lost(cause) ? failure(Phase.TLS, words, SmtpReply.NONE, cause) : lasting(Phase.TLS, words, cause);
    }

    /** The server asked for a client certificate, got none, and hung up. */
    SmtpException noClientCertificate(IOException cause) {
        boolean none = settings.clientKey().equals(ClientKey.NONE);
        return lasting(Phase.TLS, server() + " asks for a client certificate, and " + (none
                ? "this session has none: set its key-store" : "that of this session (" + key() + ") is not of an "
                + "authority, or has not a kind of key, that the server asks for: set key-store or key-alias")
                + " to a certificate that the server accepts", cause);
    }

    /** The server was shown the session's certificate, and refused it or hung up; empty = it said something else. */
    Optional<SmtpException> clientCertificate(IOException cause) {
        String which = "the client certificate of this session (" + key() + ")";
        return switch (Tls.alert(cause)) {
            case "" -> Optional.of(failure(Phase.TLS, server() + " closed the connection when it was "
                    + "shown " + which + ", which is how some refuse it; if that goes on, ask its administrator which "
                    + "certificates it accepts", SmtpReply.NONE, cause));
            case "certificate_expired" -> Optional.of(refused(which, "it has expired", cause));
            case "certificate_revoked" -> Optional.of(refused(which, "it was revoked", cause));
            case "unknown_ca" -> Optional.of(refused(which, "it was issued by an authority that the server does not "
                    + "know", cause));
            case "bad_certificate", "unsupported_certificate", "certificate_unknown", "access_denied",
                "handshake_failure" -> Optional.of(refused(which, "it is not one that the server accepts, or not valid "
                    + "today", cause));
            default -> Optional.empty();
        };
    }

    private SmtpException refused(String certificate, String why, IOException cause) {
        return lasting(Phase.TLS, server() + " refused " + certificate + ": " + why
                + "; set key-store or key-alias to a certificate that the server accepts", cause);
    }

    private String key() {
        ClientKey key = settings.clientKey();
        return key.store() + (key.alias().isEmpty() ? "" : ", " + key.alias());
    }

    SmtpException lost(Phase phase, IOException cause) {
        String when = phase == Phase.GREETING ? " while awaiting the greeting" : " after " + phase.words();
        String words = cause instanceof InterruptedIOException ? cause.getMessage() + when
                : cause instanceof ProtocolException
                ? server() + " does not keep to the protocol" + when + ": " + cause.getMessage()
                : "the connection to " + peer + " was lost" + when + " (" + cause.getMessage() + ")";
        if (phase == Phase.GREETING && settings.tls() != TlsMode.IMPLICIT && !(cause instanceof EOFException)) {
            words += "; if this port expects TLS from the first byte, as " + protocol.tlsPort()
                    + " does, use implicit TLS (optionSSL)";
        }
        return failure(phase, words, SmtpReply.NONE, cause);
    }

    private String secret() {
        return settings.secret().kind() == Secret.Kind.ACCESS_TOKEN ? "access token" : "password";
    }

    private SmtpException failure(Phase phase, String message, SmtpReply reply, Exception cause) {
        if (protocol != Identity.MailProtocol.SMTP && reply.isPresent()) {
            return reply.isPermanent() ? lasting(phase, message, cause)
                    : failure(phase, message, SmtpReply.NONE, cause);
        }
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, false, reply, List.of(),
                settings.host(), settings.port()), cause);
    }

    /** It will be the same next time. */
    private SmtpException lasting(Phase phase, String message, Exception cause) {
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.host(), settings.port(), true), cause);
    }
}
