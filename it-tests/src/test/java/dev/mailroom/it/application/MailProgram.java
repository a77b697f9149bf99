package dev.mailroom.it.application;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.MailFacade;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a caller is to do with the facade: one command a line, one answer a line. Words are separated by one space and
 * encoded as in a web form; {@code -} is an empty word.
 */
final class MailProgram {
    private static final String HOST = "127.0.0.1";

    private final MailFacade mail;

    MailProgram(MailFacade mail) {
        this.mail = mail;
    }

    /** Runs the commands in order, the failed ones too. */
    String run(String program) {
        return program.lines().map(line -> perform(words(line))).collect(Collectors.joining("\n"));
    }

    private static String[] words(String line) {
        return Arrays.stream(line.split(" ", -1))
                .map(word -> word.equals("-") ? "" : URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toArray(String[]::new);
    }

    private String perform(String[] words) {
        return switch (words[0]) {
            case "start" -> result(mail.emailStartSMTPSession(words[1], words[2], HOST,
                    Integer.parseInt(words[3]), EmailMode.EMAIL_SYNCHRONOUS, option(words)));
            case "start-asynchronous" -> result(mail.emailStartSMTPSession(words[1], "", HOST,
                    Integer.parseInt(words[2]), true));
            case "send" -> result(mail.emailSendMessage(words[1], compose(new Email(), words[2])));
            case "compose" -> compose(mail.email(), words[1]).getSubject();
            case "subject" -> mail.email().getSubject();
            case "send-composed" -> result(mail.emailSendMessage(words[1]));
            case "close" -> {
                mail.emailCloseSession(words[1]);
                yield result(!mail.errorOccurred());
            }
            case "set-timeout" -> result(mail.emailSetTimeOut(Integer.parseInt(words[1])));
            case "timeout" -> String.valueOf(mail.emailGetTimeOut());
            case "error" -> mail.errorOccurred() + " " + mail.errorInfo();
            case "thread" -> Thread.currentThread().getName();
            default -> throw new IllegalArgumentException("no command " + words[0]);
        };
    }

    private String result(boolean good) {
        return good ? "true" : "false " + mail.errorInfo();
    }

    private static EmailOption option(String[] words) {
        return words.length < 5 ? EmailOption.EMAIL_OPTION_DEFAULT
                : EmailOption.valueOf(words[4].toUpperCase(Locale.ROOT));
    }

    private static Email compose(Email email, String subject) {
        email.setSender("jack@example.org");
        email.getRecipient().add("jill@example.org");
        email.setSubject(subject);
        email.setMessage("Up the hill.");
        return email;
    }
}
