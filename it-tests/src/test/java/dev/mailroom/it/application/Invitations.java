package dev.mailroom.it.application;

import static dev.mailroom.facade.EmailMode.EMAIL_SYNCHRONOUS;
import static dev.mailroom.facade.EmailOption.EMAIL_OPTION_SECURED_TLS;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailFacade;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Invites guests. */
@ApplicationScoped
public class Invitations {
    @Inject
    private MailFacade mail;

    /** Returns nothing, or why the invitation was not sent. */
    public String invite(String guest, String server, int port, String password) {
        if (!mail.emailStartSMTPSession("jack", password, server, port, EMAIL_SYNCHRONOUS, EMAIL_OPTION_SECURED_TLS)) {
            return mail.errorInfo();
        }
        try {
            Email email = new Email();
            email.setSender("Jack <jack@example.org>");
            email.getRecipient().add(guest);
            email.setSubject("Up the hill");
            email.setMessage("Bring a pail.");
            return mail.emailSendMessage("jack", email) ? "" : mail.errorInfo();
        } finally {
            mail.emailCloseSession("jack");
        }
    }
}
