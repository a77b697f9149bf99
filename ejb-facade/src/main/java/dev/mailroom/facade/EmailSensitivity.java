package dev.mailroom.facade;

/** How confidential a mail is: the values of the Sensitivity field (RFC 4021, section 2.1.55). */
public enum EmailSensitivity {
    /** Says nothing. */
    EMAIL_NORMAL(""),
    /** Personal. */
    EMAIL_PERSONAL("Personal"),
    /** Private. */
    EMAIL_PRIVATE("Private"),
    /** {@code emailCompanyConfidential}. */
    EMAIL_COMPANY_CONFIDENTIAL("Company-Confidential");

    private final String value;

    EmailSensitivity(String value) {
        this.value = value;
    }

    /** The value of the field; empty = no field. */
    String value() {
        return value;
    }
}
