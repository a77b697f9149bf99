package dev.mailroom.facade;

/** How urgent a mail is, in WLanguage's words. */
public enum EmailPriority {
    /** {@code emailHighPriority}. */
    EMAIL_HIGH_PRIORITY,
    /** {@code emailNormalPriority}: no header field is written. */
    EMAIL_NORMAL_PRIORITY,
    /** {@code emailLowPriority}. */
    EMAIL_LOW_PRIORITY
}
