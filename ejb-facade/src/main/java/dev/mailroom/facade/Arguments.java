package dev.mailroom.facade;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpSession;
import dev.mailroom.VisibleText;
import dev.mailroom.facade.MailError.Code;
import dev.mailroom.facade.ReceivingFunctions.Answer;
import dev.mailroom.facade.option.EmailAddressLevel;
import dev.mailroom.facade.option.EmailAddressResult;
import dev.mailroom.facade.request.MailFile;
import dev.mailroom.facade.request.TopLevelDomains;
import dev.mailroom.mime.Composer;
import dev.mailroom.mime.DraftException;
import dev.mailroom.spool.MailSchedule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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

    /** A file that is a mail. */
    static MailFile mailFile(Path file) throws MailFunctionException {
        try {
            return MailFile.of(present("File", file, "the path of a file"));
        } catch (IOException e) {
            throw bad("the argument <File> is " + file + ", which cannot be sent: " + e + "; pass a readable file"
                    + " with a mail (RFC 5322)");
        }
    }

    /** A directory. */
    static Path directory(Path directory) throws MailFunctionException {
        if (!Files.isDirectory(present("Directory", directory, "the directory of the images"))) {
            throw bad("the argument <Directory> is " + directory + ", which is none; pass one that is there");
        }
        return directory;
    }

    /** What an address is. */
    static Answer<EmailAddressResult> checked(String address, EmailAddressLevel level) throws MailFunctionException {
        String domain;
        try {
            domain = Composer.domain(address);
        } catch (DraftException e) {
            return new Answer<>(EmailAddressResult.EMAIL_ADDRESS_INCORRECT_SYNTAX,
                    bad("the argument <Address> " + e.problem()).error());
        }
        try {
            return switch (level) {
                case EMAIL_VALIDATE_SYNTAX -> Answer.of(EmailAddressResult.EMAIL_ADDRESS_VALID);
                case STRICT -> TopLevelDomains.known(domain) ? Answer.of(EmailAddressResult.EMAIL_ADDRESS_VALID)
                        : new Answer<>(EmailAddressResult.EMAIL_ADDRESS_REFUSED, bad("the argument <Address> has the"
                                + " domain " + domain + ", which ends with no known top-level domain").error());
                case EMAIL_VALIDATE_BY_SERVER -> throw new MailFunctionException(Code.FORBIDDEN, "the argument <Level>"
                        + " is EMAIL_VALIDATE_BY_SERVER, but no mail server is asked about addresses that get no"
                        + " mail: many answer wrongly, and block who asks; use EMAIL_VALIDATE_SYNTAX or STRICT");
            };
        } catch (IOException e) {
            throw bad("the argument <Level> is STRICT, and this Java has no list of top-level domains: " + e);
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
        if (!schedule(email).sendAt().isEmpty()) {
            throw bad("Email.SendAt is " + email.getSendAt().get() + ", but the session \"" + session.name()
                    + "\" is synchronous, and only the spool can keep a mail until then; use an asynchronous session,"
                    + " or leave it empty");
        }
        return email;
    }

    /** When a mail is to be sent, if that can still be. */
    static MailSchedule schedule(Email email) throws MailFunctionException {
        MailSchedule schedule = email.chosenSchedule();
        if (schedule.usual()) {
            return schedule;
        }
        Instant now = Instant.now();
        if (schedule.expires().filter(moment -> !moment.isAfter(now)).isPresent()) {
            throw bad("Email.Expires is " + schedule.expires().get()
                    + ", which has passed; set a later moment, or none");
        }
        Instant last = now.plus(MailSchedule.LONGEST);
        for (Optional<Instant> moment : List.of(schedule.sendAt(), schedule.expires())) {
            if (moment.filter(last::isBefore).isPresent()) {
                throw bad("Email." + (moment == schedule.sendAt() ? "SendAt" : "Expires") + " is " + moment.get()
                        + "; set a moment within ten years");
            }
        }
        return schedule;
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
