package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpSession;
import dev.mailroom.VisibleText;
import dev.mailroom.facade.MailError.Code;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks of arguments, in WLanguage's words: name, value, what was expected, what to do. */
final class Arguments {
    private Arguments() {
    }

    /** A session's name. */
    static String username(String value) throws MailFunctionException {
        return username("Username", value);
    }

    /** A session's name, given in that argument or property. */
    static String username(String argument, String value) throws MailFunctionException {
        return name(argument, value, "the login, or any name for the session");
    }

    /** A server's name. */
    static String server(MailProtocol protocol, String value) throws MailFunctionException {
        return server(protocol + " server", value);
    }

    /** A server's name, given in that argument or property. */
    static String server(String argument, String value) throws MailFunctionException {
        return name(argument, value, "a DNS name or an IP address");
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
        if (value.codePoints().anyMatch(one -> Character.getType(one) == Character.SURROGATE)) {
            throw bad("the argument <" + argument + "> contains half a surrogate pair, which is no character; was it"
                    + " cut in the middle of one? Pass " + expected);
        }
        return value.strip();
    }

    /** A port. */
    static int port(MailProtocol protocol, int value) throws MailFunctionException {
        if (value < 1 || value > 65535) {
            throw bad("the argument <Port> is " + value + "; pass a number between 1 and 65535, usually "
                    + (protocol == MailProtocol.SMTP ? "25, " : "") + protocol.plainPort() + " or "
                    + protocol.tlsPort());
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

    /** The name of a folder. */
    static String folder(String argument, String value) throws MailFunctionException {
        return name(argument, value, "the name of a folder, as folders() has it");
    }

    /** Flags of a mail. */
    static Set<String> flags(String... flags) throws MailFunctionException {
        Set<String> checked = new LinkedHashSet<>();
        for (String flag : present("Flags", flags, "flags such as \\Seen")) {
            checked.add(present("Flags", flag, "a flag such as \\Seen"));
        }
        return checked;
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

    /** An Email for a synchronous session, which nothing remembers: a key that promises more is refused. */
    static Email withoutKey(Email email, SmtpSession session) throws MailFunctionException {
        if (!email.getIdempotencyKey().isEmpty()) {
            throw bad("Email.IdempotencyKey is \"" + VisibleText.of(email.getIdempotencyKey()) + "\", but the session"
                    + " \"" + session.name() + "\" is synchronous, and only the spool remembers which mails were sent; "
                    + (session.named() ? "set mailroom.session." + session.name() + ".asynchronous=on"
                            : "start the session with EMAIL_ASYNCHRONOUS") + ", or leave the key empty");
        }
        return email;
    }

    /** A session whose mails go through the spool. */
    static SmtpSession asynchronous(SmtpSession session) throws MailFunctionException {
        if (!session.asynchronous()) {
            throw bad("the session \"" + session.name() + "\" is synchronous; start it with EMAIL_ASYNCHRONOUS");
        }
        return session;
    }

    /** A number of seconds as a person writes it. */
    static String seconds(Duration duration) {
        return duration.getNano() == 0 ? String.valueOf(duration.getSeconds())
                : BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    static MailFunctionException bad(String message) {
        return new MailFunctionException(Code.BAD_ARGUMENT, message);
    }
}
