package dev.mailroom.facade.option;

/** How far {@code emailCheckAddress} goes. */
public enum EmailAddressLevel {
    /** {@code emailValidateSyntax}: by the rule that every mail is composed by. */
    EMAIL_VALIDATE_SYNTAX,
    /** The same, and its domain ends with a known top-level domain. */
    STRICT,
    /** {@code emailValidateByServer}: asks the mail server of the domain, which Mailroom does not do. */
    EMAIL_VALIDATE_BY_SERVER
}
