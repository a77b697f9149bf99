package dev.mailroom.it.contract.application;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.MailFacade;
import java.nio.charset.StandardCharsets;

/** The mails of the contract. */
final class Letters {
    private Letters() {
    }

    static String start(MailFacade mail, String user, String password, int port, boolean asynchronous) {
        return answer(mail, mail.emailStartSMTPSession(user, password, "127.0.0.1", port,
                asynchronous ? EmailMode.EMAIL_ASYNCHRONOUS : EmailMode.EMAIL_SYNCHRONOUS,
                EmailOption.EMAIL_OPTION_DEFAULT));
    }

    static String startTls(MailFacade mail, String user, String password, int port) {
        return answer(mail, mail.emailStartSMTPSession(user, password, "127.0.0.1", port,
                EmailMode.EMAIL_SYNCHRONOUS, EmailOption.EMAIL_OPTION_SECURED_TLS));
    }

    static String send(MailFacade mail, String user, String subject) {
        Email email = plain(subject);
        boolean sent = mail.emailSendMessage(user, email);
        return sent ? "true " + email.getAsynchronousEmailIdentifier() : answer(mail, false);
    }

    static String sendHtml(MailFacade mail, String user, String subject) {
        Email email = plain(subject);
        email.setHtml("<p>Up the <b>hill</b>.</p>");
        email.getAttach().add(new EmailAttachment("pail.txt", "text/plain",
                "of water".getBytes(StandardCharsets.UTF_8)));
        return answer(mail, mail.emailSendMessage(user, email));
    }

    private static Email plain(String subject) {
        Email email = new Email();
        email.setSender("jack@example.org");
        email.getRecipient().add("jill@example.org");
        email.setSubject(subject);
        email.setReference(subject);
        email.setMessage("Up the hill.");
        return email;
    }

    static String answer(MailFacade mail, boolean good) {
        return good ? "true" : "false " + mail.errorInfo();
    }
}
