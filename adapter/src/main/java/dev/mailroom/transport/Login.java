package dev.mailroom.transport;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.smtp.Capabilities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import javax.security.sasl.SaslException;

/**
 * AUTH (RFC 4954): one attempt with one mechanism. The next is tried only if the server refuses the mechanism itself,
 * so that no secret was judged.
 */
final class Login {
    /** RFC 5321, section 4.5.3.1.4: a longer AUTH command must do without its initial response. */
    private static final int LONGEST_COMMAND = 512 - 2;
    private static final int CHALLENGE = 334;
    /** 235, or whatever begins so: the first digit decides (RFC 5321, section 4.2). */
    private static final int ACCEPTED = 2;
    private static final int UNKNOWN_MECHANISM = 504;
    /** RFC 4954, section 6: what goes with a 504, and some servers say it behind another code. */
    private static final String UNKNOWN_ARGUMENT = "5.5.4";
    /** No mechanism has more. */
    private static final int MOST_CHALLENGES = 8;

    private final AuthLine line;
    private final SmtpSettings settings;
    private final HandshakeFailures failures;
    private final Optional<SSLSession> tls;

    Login(AuthLine line, SmtpSettings settings, HandshakeFailures failures, Optional<SSLSession> tls) {
        this.line = line;
        this.settings = settings;
        this.failures = failures;
        this.tls = tls;
    }

    /** Logs in; false = the server offers nothing that could be used. */
    boolean run(Capabilities offered) throws IOException, SmtpException {
        List<Mechanism> choices = Mechanism.choices(settings.secret().kind(), offered, tls.isPresent());
        boolean bindingRefused = false;
        SmtpReply last = SmtpReply.NONE;
        String reason = "";
        for (Mechanism mechanism : choices) {
            Optional<ChannelBinding> channel = channel(mechanism, offered, bindingRefused);
            if (channel.isEmpty()) {
                continue;
            }
            SaslExchange exchange = mechanism.begin(settings, channel.get());
            last = attempt(mechanism, exchange);
            if (last.code() / 100 == ACCEPTED) {
                return true;
            }
            reason = exchange.reason();
            bindingRefused |= exchange.unsuitable();
            if (!unknown(last) && !exchange.unsuitable()) {
                break;
            }
        }
        if (last.isPresent()) {
            throw failures.refusedLogin(last, reason);
        }
        return false;
    }

    private static boolean unknown(SmtpReply reply) {
        return reply.code() == UNKNOWN_MECHANISM || reply.enhancedStatus().equals(UNKNOWN_ARGUMENT);
    }

    private Optional<ChannelBinding> channel(Mechanism mechanism, Capabilities offered, boolean bindingRefused) {
        if (mechanism == Mechanism.SCRAM_SHA_256_PLUS) {
            return tls.flatMap(ChannelBinding::endPoint);
        }
        boolean hidden = tls.isPresent() && !bindingRefused
                && offered.mechanisms().stream().noneMatch(name -> name.endsWith("-PLUS"));
        return Optional.of(hidden ? ChannelBinding.NOT_OFFERED : ChannelBinding.NONE);
    }

    private SmtpReply attempt(Mechanism mechanism, SaslExchange exchange) throws IOException, SmtpException {
        Optional<String> initial = exchange.initialResponse().map(Login::encoded);
        String command = "AUTH " + mechanism;
        String whole = command + initial.map(" "::concat).orElse("");
        boolean together = whole.length() <= LONGEST_COMMAND;
        Optional<String> kept = initial.filter(response -> !together);
        SmtpReply reply = line.exchange(together ? whole : command, command + " ***");
        boolean mayAskAgain = initial.isPresent();
        for (int i = 0; reply.code() == CHALLENGE && i < MOST_CHALLENGES; i++) {
            byte[] challenge = decoded(line.challenge());
            if (mayAskAgain && (kept.isPresent() || mechanism == Mechanism.PLAIN || challenge.length == 0)) {
                // It has overlooked the initial response, whatever it says instead: PLAIN knows no real challenge.
                reply = line.exchange(initial.get(), "***");
            } else {
                reply = answer(exchange, challenge);
            }
            mayAskAgain = false;
        }
        if (reply.code() / 100 == ACCEPTED && !exchange.serverProven()) {
            throw failures.untrusted("it accepted the login without proving that it knows the password ("
                    + mechanism + ")");
        }
        return reply;
    }

    private SmtpReply answer(SaslExchange exchange, byte[] challenge) throws IOException, SmtpException {
        try {
            return line.exchange(encoded(exchange.respond(challenge)), "***");
        } catch (SaslException e) {
            // RFC 4954, section 4: how a client gives up; the reply is 501.
            line.exchange("*", "*");
            throw failures.untrusted(e.getMessage());
        }
    }

    private static String encoded(byte[] response) {
        return Base64.getEncoder().encodeToString(response);
    }

    /** LOGIN's challenges are sometimes not base64; what they say does not matter there. */
    private static byte[] decoded(String challenge) {
        try {
            return Base64.getDecoder().decode(challenge.strip());
        } catch (IllegalArgumentException e) {
            return challenge.getBytes(StandardCharsets.UTF_8);
        }
    }
}
