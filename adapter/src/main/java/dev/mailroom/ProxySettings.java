package dev.mailroom;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proxy that a session's connections go through. The server's name is resolved there.
 *
 * @param kind the protocol that it speaks
 * @param host its name or address
 * @param port 1 to 65535
 * @param user the login at the proxy; empty = none
 * @param password of that login
 */
public record ProxySettings(Protocol kind, String host, int port, String user, Secret password) {
    /** The protocol that a proxy speaks. */
    public enum Protocol {
        /** There is none. */
        NONE,
        /** SOCKS version 5 (RFC 1928), with or without a login (RFC 1929). */
        SOCKS5,
        /** HTTP with CONNECT (RFC 9110, section 9.3.6), with or without Basic authentication. */
        HTTP
    }

    private static final Pattern AUTHORITY = Pattern.compile("(?:(.*)@)?(\\[[^]]+]|[^:@]+):(\\d{1,5})");

    /** Servers are connected directly. */
    public static final ProxySettings NONE = new ProxySettings(Protocol.NONE, "", 1, "", Secret.none());

    /** Checks every value. */
    public ProxySettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(password, "password");
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the proxy's port must be between 1 and 65535, was " + port);
        }
        if (kind != Protocol.NONE && !host.matches("[A-Za-z0-9._:-]+") || user.length() > 255
                || user.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("expected socks5://user@host:port or http://user@host:port");
        }
    }

    /**
     * Reads {@code socks5://user@host:port} or {@code http://user@host:port}, the user where there is one.
     *
     * @throws IllegalArgumentException if it is neither; a password does not belong there
     */
    public static ProxySettings parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected socks5://user@host:port or http://user@host:port", e);
        }
        Protocol kind = switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "socks5" -> Protocol.SOCKS5;
            case "http" -> Protocol.HTTP;
            default -> throw new IllegalArgumentException("expected socks5:// or http:// and a host with its port");
        };
        String path = uri.getPath();
        // java.net.URI finds no host where there is an underscore in it.
        Matcher authority = AUTHORITY.matcher(String.valueOf(uri.getAuthority()));
        if (!authority.matches() || path != null && !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException("expected socks5://user@host:port or http://user@host:port");
        }
        String user = authority.group(1) == null ? "" : authority.group(1);
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("expected no password in it: that has a file of its own "
                    + "(proxy-password-file)");
        }
        String host = authority.group(2).replaceAll("[\\[\\]]", "");
        return new ProxySettings(kind, host, Integer.parseInt(authority.group(3)), user, Secret.none());
    }

    /** The same with the password of its login. */
    public ProxySettings withPassword(Secret other) {
        return new ProxySettings(kind, host, port, user, other);
    }

    /** What the identity of a session keeps of it; empty for none. */
    String part() {
        return kind == Protocol.NONE ? "" : this + "#" + password.fingerprint();
    }

    /** As it was written, without the password. */
    @Override
    public String toString() {
        return kind == Protocol.NONE ? "none" : kind.name().toLowerCase(Locale.ROOT) + "://"
                + (user.isEmpty() ? "" : user + "@") + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
