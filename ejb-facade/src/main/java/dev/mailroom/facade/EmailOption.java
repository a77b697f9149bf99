package dev.mailroom.facade;

/** How a session is protected, in WLanguage's words. */
public enum EmailOption {
    /** {@code emailOptionDefault}: plain TCP, STARTTLS is not attempted. */
    EMAIL_OPTION_DEFAULT,
    /** {@code emailOptionSecuredTLS}: STARTTLS, required. */
    EMAIL_OPTION_SECURED_TLS,
    /** {@code emailProtocolSMTPS}: the newer name, the same meaning. */
    EMAIL_PROTOCOL_SMTPS,
    /** {@code optionSSL}: TLS from the first byte. */
    OPTION_SSL
}
