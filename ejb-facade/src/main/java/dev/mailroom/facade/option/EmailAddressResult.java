package dev.mailroom.facade.option;

/** What {@code emailCheckAddress} answers, in WLanguage's words. */
public enum EmailAddressResult {
    /** {@code emailAddressValid}. */
    EMAIL_ADDRESS_VALID,
    /** {@code emailAddressIncorrectSyntax}; the error says what is wrong. */
    EMAIL_ADDRESS_INCORRECT_SYNTAX,
    /** {@code emailAddressRefused}: by strict rules its domain cannot be. */
    EMAIL_ADDRESS_REFUSED,
    /** {@code emailAddressError}: it could not be checked; the error says why. */
    EMAIL_ADDRESS_ERROR
}
