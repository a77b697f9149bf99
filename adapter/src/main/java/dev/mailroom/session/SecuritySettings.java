package dev.mailroom.session;

import java.util.List;

/**
 * What an application may ask for when it starts a session. The administrator's named sessions are not judged.
 *
 * @param allowedHosts patterns {@code host} or {@code host:port}, {@code *} matches any run of characters; empty = any
 * @param plainCredentials whether a secret may travel over a connection without TLS
 */
public record SecuritySettings(List<String> allowedHosts, boolean plainCredentials) {
    /** Any host, and passwords over plain TCP, as WLanguage allows them. */
    public static final SecuritySettings DEFAULTS = new SecuritySettings(List.of(), true);

    /** Copies the patterns. */
    public SecuritySettings {
        allowedHosts = List.copyOf(allowedHosts);
    }
}
