package dev.mailroom.session;

import dev.mailroom.Secret;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SessionRefusedException.Reason;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Judges the settings an application asks for, before any connection is attempted: an application that may name any
 * host is a way into the administrator's network.
 */
final class SecurityRule {
    private final SecuritySettings settings;
    private final List<Pattern> allowed;

    SecurityRule(SecuritySettings settings) {
        this.settings = settings;
        this.allowed = settings.allowedHosts().stream().map(SecurityRule::pattern).toList();
    }

    /** In a pattern of digits, dots and stars a star stands for digits and dots: 10.0.* is not 10.0.evil.org. */
    private static Pattern pattern(String glob) {
        String anything = glob.matches("[0-9.*]+(:[0-9*]+)?") ? "[0-9.]*" : ".*";
        String regex = Arrays.stream(glob.strip().split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(anything));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    void check(SmtpSettings asked) throws SessionRefusedException {
        String host = asked.host();
        String hostAndPort = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + asked.port();
        boolean known = allowed.isEmpty() || allowed.stream()
                .anyMatch(p -> p.matcher(host).matches() || p.matcher(hostAndPort).matches());
        if (!known) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the SMTP server " + hostAndPort
                    + " is not among the allowed hosts; an administrator can add it to"
                    + " mailroom.security.allowed-hosts");
        }
        if (!settings.plainCredentials() && asked.tls() == TlsMode.NONE
                && asked.secret().kind() != Secret.Kind.NONE) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the login of \"" + asked.user() + "\" at "
                    + hostAndPort + " would travel unprotected, which mailroom.security.plain-credentials=refuse"
                    + " forbids; ask for STARTTLS or TLS");
        }
    }
}
