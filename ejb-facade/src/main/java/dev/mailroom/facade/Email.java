package dev.mailroom.facade;

import dev.mailroom.RefusedRecipient;
import dev.mailroom.spool.MailIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** WLanguage's Email: one mail as an application describes it. Not thread-safe; may be sent any number of times. */
public final class Email {
    private String sender = "";
    private String senderAddress = "";
    private final List<String> recipient = new ArrayList<>();
    private final List<String> cc = new ArrayList<>();
    private final List<String> bcc = new ArrayList<>();
    private String subject = "";
    private String message = "";
    private String html = "";
    private final List<EmailAttachment> attach = new ArrayList<>();
    private String id = "";
    private boolean idFilledBySending;
    private boolean partialSend;
    private EmailPriority priority = EmailPriority.EMAIL_NORMAL_PRIORITY;
    private EmailSensitivity sensitivity = EmailSensitivity.EMAIL_NORMAL;
    private boolean acknowledgementOfReceipt;
    private boolean dispositionNotification;
    private String source = "";
    private List<RefusedRecipient> refused = List.of();
    private String error = "";
    private String idempotencyKey = "";
    private long mailIdentifier;
    private String asynchronousEmailIdentifier = "";

    /** From: {@code name <address>} or {@code address}. */
    public String getSender() {
        return sender;
    }

    /** Sets From. */
    public void setSender(String sender) {
        this.sender = sender;
    }

    /** The address to answer to (Reply-To); empty = From. */
    public String getSenderAddress() {
        return senderAddress;
    }

    /** Sets Reply-To. */
    public void setSenderAddress(String senderAddress) {
        this.senderAddress = senderAddress;
    }

    /** To: the live list, each {@code name <address>} or {@code address}. */
    public List<String> getRecipient() {
        return recipient;
    }

    /** Cc: the live list. */
    public List<String> getCc() {
        return cc;
    }

    /** Bcc: the live list; in the envelope only, never in the header. */
    public List<String> getBcc() {
        return bcc;
    }

    /** The subject. */
    public String getSubject() {
        return subject;
    }

    /** Sets the subject; any characters but CR, LF and NUL. */
    public void setSubject(String subject) {
        this.subject = subject;
    }

    /** The plain text body. */
    public String getMessage() {
        return message;
    }

    /** Sets the plain text body; line ends of any kind. */
    public void setMessage(String message) {
        this.message = message;
    }

    /** The HTML body. */
    public String getHtml() {
        return html;
    }

    /** Sets the HTML body; with a text as well the mail is multipart/alternative. */
    public void setHtml(String html) {
        this.html = html;
    }

    /** The attachments: the live list. */
    public List<EmailAttachment> getAttach() {
        return attach;
    }

    /** The Message-ID without angle brackets, filled by sending; empty before. */
    public String getId() {
        return id;
    }

    /** Sets the Message-ID for the next send; empty = a fresh one. Sending fills it and a second send makes another. */
    public void setId(String id) {
        this.id = id;
        this.idFilledBySending = false;
    }

    /** The Message-ID that the application chose for the next send; empty = none. */
    String chosenId() {
        return idFilledBySending ? "" : id;
    }

    /** Whether refused recipients leave the others their mail. */
    public boolean isPartialSend() {
        return partialSend;
    }

    /** Sets whether refused recipients leave the others their mail; false = all or nobody. */
    public void setPartialSend(boolean partialSend) {
        this.partialSend = partialSend;
    }

    /** How urgent the mail is. */
    public EmailPriority getPriority() {
        return priority;
    }

    /** Sets how urgent the mail is (X-Priority, Importance). */
    public void setPriority(EmailPriority priority) {
        this.priority = priority;
    }

    /** How confidential the mail is. */
    public EmailSensitivity getSensitivity() {
        return sensitivity;
    }

    /** Sets how confidential the mail is (Sensitivity, RFC 4021). */
    public void setSensitivity(EmailSensitivity sensitivity) {
        this.sensitivity = sensitivity;
    }

    /** Whether the sender wants to know of the delivery. */
    public boolean isAcknowledgementOfReceipt() {
        return acknowledgementOfReceipt;
    }

    /**
     * Asks for a delivery receipt: from the server where it offers DSN (RFC 3461), and with Return-Receipt-To. Has no
     * effect if a read receipt is asked for as well.
     */
    public void setAcknowledgementOfReceipt(boolean acknowledgementOfReceipt) {
        this.acknowledgementOfReceipt = acknowledgementOfReceipt;
    }

    /** Whether the sender wants to know that the mail was displayed. */
    public boolean isDispositionNotification() {
        return dispositionNotification;
    }

    /** Asks for a read receipt: Disposition-Notification-To (RFC 8098). */
    public void setDispositionNotification(boolean dispositionNotification) {
        this.dispositionNotification = dispositionNotification;
    }

    /** The mail as {@link MailFacade#emailBuildSource} built it; empty before. */
    public String getSource() {
        return source;
    }

    /** The recipients that the server refused in the last send. */
    public List<RefusedRecipient> getRefused() {
        return refused;
    }

    /** The error text of the last send of this mail; empty if it succeeded. */
    public String getError() {
        return error;
    }

    /** The name that makes sending this mail asynchronously safe to repeat; empty = none. */
    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    /**
     * Sets a name of at most 255 characters, unique among this caller's mails, such as an invoice number. The spool
     * accepts one mail under it for as long as it remembers it; sending again returns the first identifier. Empty =
     * none. Synchronous sessions ignore it.
     */
    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    /** The number for {@link MailFacade#emailStatus(long)}, filled by sending asynchronously; 0 before. */
    public long getMailIdentifier() {
        return mailIdentifier;
    }

    /** The same as text; empty before. */
    public String getAsynchronousEmailIdentifier() {
        return asynchronousEmailIdentifier;
    }

    void acceptedAs(MailIdentifier identifier) {
        mailIdentifier = identifier.number();
        asynchronousEmailIdentifier = identifier.toString();
    }

    void sentAs(String messageId) {
        id = messageId;
        idFilledBySending = true;
    }

    void builtAs(String builtSource) {
        source = builtSource;
    }

    void ended(List<RefusedRecipient> refusedRecipients, Optional<MailError> why) {
        refused = List.copyOf(refusedRecipients);
        error = why.map(MailError::message).orElse("");
    }

    void reset() {
        Email fresh = new Email();
        sender = fresh.sender;
        senderAddress = fresh.senderAddress;
        recipient.clear();
        cc.clear();
        bcc.clear();
        subject = fresh.subject;
        message = fresh.message;
        html = fresh.html;
        attach.clear();
        id = fresh.id;
        idFilledBySending = fresh.idFilledBySending;
        partialSend = fresh.partialSend;
        priority = fresh.priority;
        sensitivity = fresh.sensitivity;
        acknowledgementOfReceipt = fresh.acknowledgementOfReceipt;
        dispositionNotification = fresh.dispositionNotification;
        source = fresh.source;
        refused = fresh.refused;
        error = fresh.error;
        idempotencyKey = fresh.idempotencyKey;
        mailIdentifier = fresh.mailIdentifier;
        asynchronousEmailIdentifier = fresh.asynchronousEmailIdentifier;
    }
}
