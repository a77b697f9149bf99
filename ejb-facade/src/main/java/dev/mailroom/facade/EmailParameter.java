package dev.mailroom.facade;

/** Parameters of {@link MailFacade#emailConfigure}. */
public enum EmailParameter {
    /** {@code emailParameterMode}: whose trust anchors judge certificates. */
    EMAIL_PARAMETER_MODE
}
