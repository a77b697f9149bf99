package dev.mailroom.facade;

import dev.mailroom.facade.MailError.Code;
import java.util.ArrayList;
import java.util.List;

/** Checks of arguments, in WLanguage's words: name, value, what was expected, what to do. */
final class Arguments {
    private Arguments() {
    }

    /** A session's name. */
    static String username(String value) throws MailFunctionException {
        return name("Username", value, "the login, or any name for the session");
    }

    /** A server's name. */
    static String server(String value) throws MailFunctionException {
        return name("SMTP server", value, "a DNS name or an IP address");
    }

    private static String name(String argument, String value, String expected) throws MailFunctionException {
        if (value == null || value.isBlank()) {
            throw bad("the argument <" + argument + "> is " + (value == null ? "null" : "blank")
                    + "; pass " + expected);
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw bad("the argument <" + argument + "> contains a control character (CR, LF, NUL …) at position "
                        + i + "; pass " + expected);
            }
        }
        return value.strip();
    }

    /** A port. */
    static int port(int value) throws MailFunctionException {
        if (value < 1 || value > 65535) {
            throw bad("the argument <Port> is " + value
                    + "; pass a number between 1 and 65535, usually 25, 587 or 465");
        }
        return value;
    }

    /** Anything that must not be null. */
    static <T> T present(String argument, T value, String expected) throws MailFunctionException {
        if (value == null) {
            throw bad("the argument <" + argument + "> is null; pass " + expected);
        }
        return value;
    }

    /** An Email and its options. */
    static void email(Email email, EmailSendOption[] options) throws MailFunctionException {
        present("Email", email, "an Email, or leave the argument out for the Email structure");
        for (EmailSendOption option : present("Options", options, "none")) {
            present("Options", option, "EMAIL_OPTION_ENCODE_HEADER or EMAIL_OPTION_HEADER_BCC");
        }
    }

    /** Several Emails. */
    static List<Email> emails(List<Email> emails) throws MailFunctionException {
        List<Email> copy = new ArrayList<>(present("Emails", emails, "a list of Emails"));
        int absent = copy.indexOf(null);
        if (absent >= 0) {
            throw bad("the argument <Emails>[" + (absent + 1) + "] is null; remove it");
        }
        return copy;
    }

    static MailFunctionException bad(String message) {
        return new MailFunctionException(Code.BAD_ARGUMENT, message);
    }
}
