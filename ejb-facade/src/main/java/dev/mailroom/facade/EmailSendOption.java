package dev.mailroom.facade;

/** Options of sending and building, in WLanguage's words. */
public enum EmailSendOption {
    /** {@code emailOptionEncodeHeader}: accepted; non-ASCII headers are always encoded (RFC 2047). */
    EMAIL_OPTION_ENCODE_HEADER,
    /** {@code emailOptionHeaderBcc}: write Bcc into a built source. Never done for a mail that is sent. */
    EMAIL_OPTION_HEADER_BCC
}
