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
    private final List<AllowedHost> allowed;

    /** @param withPort whether it is a pattern of host and port: then it must not match an IPv6 address alone */
    private record AllowedHost(Pattern pattern, boolean withPort) {
        boolean matches(String host, String hostAndPort) {
            return pattern.matcher(hostAndPort).matches() || !withPort && pattern.matcher(host).matches();
        }
    }

    SecurityRule(SecuritySettings settings) {
        this.settings = settings;
        this.allowed = settings.allowedHosts().stream().map(String::strip).map(SecurityRule::allowedHost).toList();
    }

    /**
     * Where the host is written in digits, dots and stars, a star stands for digits and dots: 10.0.* is not
     * 10.0.evil.org. A star alone, with a port or without, is any host.
     */
    private static AllowedHost allowedHost(String glob) {
        String anything = glob.matches("(?=[.*]*[0-9])[0-9.*]+(:[0-9*]+)?") ? "[0-9.]*" : ".*";
        String regex = Arrays.stream(glob.split("\\*", -1)).map(Pattern::quote)
                .collect(Collectors.joining(anything));
        return new AllowedHost(
                Pattern.compile(regex, Pattern.CASE_INSENSITIVE), glob.matches("\\[.*|[^:]*:[0-9*]+"));
    }

    void check(SmtpSettings asked) throws SessionRefusedException {
        String host = asked.host();
        String hostAndPort = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + asked.port();
        boolean known = allowed.isEmpty() || allowed.stream().anyMatch(one -> one.matches(host, hostAndPort));
        if (!known) {
            throw new SessionRefusedException(Reason.FORBIDDEN, "the " + asked.identity().protocol() + " server "
                    + hostAndPort
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
