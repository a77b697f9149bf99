package dev.mailroom.transport;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.smtp.Capabilities;
import dev.mailroom.smtp.Peer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Says what went wrong while a connection was opened, so that a person can act on it. */
final class HandshakeFailures {
    private final SmtpSettings settings;
    private final Peer peer;

    HandshakeFailures(SmtpSettings settings) {
        this.settings = settings;
        this.peer = new Peer(settings.host(), settings.port());
    }

    Peer peer() {
        return peer;
    }

    /** The server has answered, and not as hoped; or something broke that has no reply. */
    SmtpException refused(Phase phase, SmtpReply reply, Exception cause) {
        if (!reply.isPresent()) {
            return failure(phase, "the connection to " + peer + " could not be opened (" + phase.words() + ")", reply,
                    cause);
        }
        String words = switch (phase) {
            case GREETING -> "the SMTP server " + peer + " greeted with a refusal: " + reply;
            case EHLO -> "the SMTP server " + peer + " refused EHLO: " + reply;
            case TLS -> "the SMTP server " + peer + " refused STARTTLS: " + reply;
            case AUTH -> "the SMTP server " + peer + " refused the login \"" + settings.user() + "\": " + reply
                    + (reply.isTransient() ? "" : "; check the user name and the " + secret());
            default -> "the SMTP server " + peer + " refused: " + reply;
        };
        return failure(phase, words, reply, cause);
    }

    SmtpException noStartTls() {
        return lasting(Phase.TLS, "the SMTP server " + peer + " does not offer STARTTLS, which this session requires; "
                + "use a port where it does (usually 587), implicit TLS (usually port 465), or no TLS at all",
                null);
    }

    SmtpException injected() {
        return lasting(Phase.TLS, "the SMTP server " + peer + ", or somebody in between, sent something in plain text "
                + "behind its consent to STARTTLS; that is how commands are injected into an encrypted session",
                null);
    }

    SmtpException unasked(Phase phase) {
        return failure(phase, "the SMTP server " + peer + " spoke without being asked (before " + phase.words()
                + "); it does not keep to the protocol", SmtpReply.NONE, null);
    }

    SmtpException noMechanism(Capabilities offered) {
        return lasting(Phase.AUTH, "the SMTP server " + peer + " offers no way to log in with "
                + (settings.secret().kind() == Secret.Kind.ACCESS_TOKEN ? "an access token (XOAUTH2)"
                : "a password (PLAIN or LOGIN)") + "; it offers "
                + (offered.mechanisms().isEmpty() ? "none" : String.join(", ", offered.mechanisms()))
                + (settings.tls() == TlsMode.NONE ? ", perhaps because the connection is not encrypted"
                : ""), null);
    }

    SmtpException tls(IOException cause) {
        String words = "no TLS with the SMTP server " + peer + ": " + Tls.words(cause);
        return Tls.lost(cause) ? failure(Phase.TLS, words, SmtpReply.NONE, cause) : lasting(Phase.TLS, words, cause);
    }

    SmtpException lost(Phase phase, IOException cause) {
        String when = phase == Phase.GREETING ? " while awaiting the greeting" : " after " + phase.words();
        String words = cause instanceof InterruptedIOException ? cause.getMessage() + when
                : cause instanceof ProtocolException
                ? "the SMTP server " + peer + " does not keep to the protocol" + when + ": " + cause.getMessage()
                : "the connection to " + peer + " was lost" + when + " (" + cause.getMessage() + ")";
        return failure(phase, words, SmtpReply.NONE, cause);
    }

    /** A server may repeat what it was told, in any of the forms it was told in; that must not end up in a log. */
    SmtpReply withoutSecret(SmtpReply reply) {
        String value = settings.secret().value();
        if (value.isEmpty()) {
            return reply;
        }
        String user = settings.user();
        String text = reply.text().replace(value, "***");
        for (String told : List.of(value, "\0" + user + "\0" + value,
                "user=" + user + "\1auth=Bearer " + value + "\1\1")) {
            text = text.replace(Base64.getEncoder().encodeToString(told.getBytes(StandardCharsets.UTF_8)), "***");
        }
        return new SmtpReply(reply.code(), reply.enhancedStatus(), text);
    }

    private String secret() {
        return settings.secret().kind() == Secret.Kind.ACCESS_TOKEN ? "access token" : "password";
    }

    private SmtpException failure(Phase phase, String message, SmtpReply reply, Exception cause) {
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, false, reply, List.of(),
                settings.host(), settings.port()), cause);
    }

    /** It will be the same next time. */
    private SmtpException lasting(Phase phase, String message, Exception cause) {
        return new SmtpException(new Failure(phase, message, Delivery.NOT_SENT, false, SmtpReply.NONE, List.of(),
                settings.host(), settings.port(), true), cause);
    }
}
