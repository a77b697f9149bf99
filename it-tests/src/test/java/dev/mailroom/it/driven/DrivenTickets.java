package dev.mailroom.it.driven;

import dev.mailroom.facade.Email;
import dev.mailroom.receiving.MailListener;
import dev.mailroom.receiving.ReceivedMail;
import jakarta.annotation.Resource;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.MessageDrivenContext;

/** Handles mails; rolls back, or throws, where the subject says so. The port is in the deployment descriptor. */
@MessageDriven(name = "DrivenTickets", activationConfig = {
    @ActivationConfigProperty(propertyName = "mailbox", propertyValue = "tickets"),
    @ActivationConfigProperty(propertyName = "server", propertyValue = "127.0.0.1"),
    @ActivationConfigProperty(propertyName = "password", propertyValue = "secret"),
    @ActivationConfigProperty(propertyName = "intervalSeconds", propertyValue = "1"),
    @ActivationConfigProperty(propertyName = "maxDeliveries", propertyValue = "2")})
public class DrivenTickets implements MailListener {
    @Resource
    private MessageDrivenContext context;

    @Override
    public void onMail(ReceivedMail mail) {
        Email email = new Email();
        email.readFrom(mail);
        if (email.getSubject().equals("roll back")) {
            context.setRollbackOnly();
        }
        if (email.getSubject().equals("throw")) {
            throw new IllegalStateException("it cannot be handled");
        }
    }
}
