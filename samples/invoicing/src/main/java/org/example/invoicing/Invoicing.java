package org.example.invoicing;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailAttachment;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.spool.MailSettled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;

/** Issues invoices. */
@ApplicationScoped
@Transactional
public class Invoicing {
    @PersistenceContext
    private EntityManager rows;
    @Inject
    private MailFacade mail;
    @Inject
    private Logo logo;

    /** Writes the invoice and hands its mail to the spool: both, or neither. */
    public Invoice issue(int number, String customer, BigDecimal amount) {
        Email email = new Email();
        email.setSender("Billing <billing@example.org>");
        email.getRecipient().add(customer);
        email.setSubject("Invoice " + number);
        email.setMessage("Please pay " + amount + " EUR.");
        email.setHtml("<p><img src=\"cid:logo\" alt=\"Example Ltd\"></p><p>Please pay <b>" + amount + " EUR</b>.</p>");
        email.getAttach().add(new EmailAttachment("logo.png", "image/png", logo.png(), "logo"));
        email.getAttach().add(new EmailAttachment("invoice-" + number + ".pdf", "application/pdf",
                InvoicePdf.of(number, amount)));
        email.setIdempotencyKey("invoice " + number);
        if (!mail.emailSendMessage("billing", email)) {
            throw new IllegalStateException(mail.errorInfo());
        }
        if (email.getDuplicateOf().isPresent()) {
            return find(number);
        }
        Invoice invoice = new Invoice(number, customer, amount);
        invoice.mailedAs(email.getMailIdentifier());
        rows.persist(invoice);
        return invoice;
    }

    /** What became of the mail: sent, or given up after all attempts. */
    void settled(@ObservesAsync MailSettled event) {
        rows.createQuery("select i from Invoice i where i.mail = :mail", Invoice.class)
                .setParameter("mail", event.id().number())
                .getResultList().forEach(invoice -> invoice.settled(event.state().name()));
    }

    /** The invoice, or null. */
    public Invoice find(int number) {
        return rows.find(Invoice.class, number);
    }
}
