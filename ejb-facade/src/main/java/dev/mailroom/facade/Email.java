package dev.mailroom.facade;

import dev.mailroom.Failure;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.facade.fields.EmailFields;
import dev.mailroom.facade.fields.EmailOrigin;
import dev.mailroom.facade.fields.FieldImport;
import dev.mailroom.facade.fields.OutgoingProperties;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.reading.FetchedMail;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.RecipientOutcome;
import dev.mailroom.spool.SpoolState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * WLanguage's Email: one mail as an application describes it. Not thread-safe; may be sent any number of times. A null
 * text is an empty one, as WLanguage has no null strings.
 */
public final class Email extends OutgoingProperties {
    private String sender = "";
    private String senderAddress = "";
    private final List<String> recipient = new ArrayList<>();
    private final List<String> cc = new ArrayList<>();
    private final List<String> bcc = new ArrayList<>();
    private String subject = "";
    private final List<EmailAttachment> attach = new ArrayList<>();
    private String id = "";
    private boolean idFilledBySending;
    private boolean partialSend;
    private EmailPriority priority = EmailPriority.EMAIL_NORMAL_PRIORITY;
    private EmailSensitivity sensitivity = EmailSensitivity.EMAIL_NORMAL;
    private boolean acknowledgementOfReceipt;
    private boolean dispositionNotification;
    private List<RefusedRecipient> refused = List.of();
    private List<RecipientOutcome> recipientOutcomes = List.of();
    private String error = "";
    private Optional<SpoolState> duplicateOf = Optional.empty();
    private long mailIdentifier;
    private String asynchronousEmailIdentifier = "";

    /** From: {@code name <address>} or {@code address}. */
    public String getSender() {
        return sender;
    }

    /** Sets From. */
    public void setSender(String sender) {
        this.sender = orEmpty(sender);
    }

    /** The address to answer to (Reply-To); empty = From. */
    public String getSenderAddress() {
        return senderAddress;
    }

    /** Sets Reply-To. */
    public void setSenderAddress(String senderAddress) {
        this.senderAddress = orEmpty(senderAddress);
    }

    /** To: the live list, each {@code name <address>} or {@code address}. */
    public List<String> getRecipient() {
        return recipient;
    }

    /** Replaces all of To; null = nobody. */
    public void setRecipient(List<String> recipient) {
        replace(this.recipient, recipient);
    }

    /** Replaces all of To, each {@code name <address>} or {@code address}. */
    public void setRecipient(String... recipient) {
        setRecipient(listed(recipient));
    }

    /** Cc: the live list. */
    public List<String> getCc() {
        return cc;
    }

    /** Replaces all of Cc; null = nobody. */
    public void setCc(List<String> cc) {
        replace(this.cc, cc);
    }

    /** Replaces all of Cc, each {@code name <address>} or {@code address}. */
    public void setCc(String... cc) {
        setCc(listed(cc));
    }

    /** Bcc: the live list; in the envelope only, never in the header. */
    public List<String> getBcc() {
        return bcc;
    }

    /** Replaces all of Bcc; null = nobody. */
    public void setBcc(List<String> bcc) {
        replace(this.bcc, bcc);
    }

    /** Replaces all of Bcc, each {@code name <address>} or {@code address}. */
    public void setBcc(String... bcc) {
        setBcc(listed(bcc));
    }

    private static String orEmpty(String value) {
        return value == null ? "" : value;
    }

    private static <T> void replace(List<T> live, List<T> others) {
        // Copied first: they may be the live list itself.
        List<T> copy = others == null ? List.of() : new ArrayList<>(others);
        live.clear();
        live.addAll(copy);
    }

    private static <T> List<T> listed(T[] values) {
        return values == null ? List.of() : Arrays.asList(values);
    }

    /** The subject. */
    public String getSubject() {
        return subject;
    }

    /** Sets the subject; any characters but CR, LF and NUL. */
    public void setSubject(String subject) {
        this.subject = orEmpty(subject);
    }

    /** The attachments: the live list. */
    public List<EmailAttachment> getAttach() {
        complete();
        return attach;
    }

    /** Replaces all attachments; null = none. */
    public void setAttach(List<EmailAttachment> attach) {
        complete();
        replace(this.attach, attach);
    }

    /** Replaces all attachments. */
    public void setAttach(EmailAttachment... attach) {
        setAttach(listed(attach));
    }

    /** The Message-ID without angle brackets, filled by sending and by building the source; empty before. */
    public String getId() {
        return id;
    }

    /**
     * Sets the Message-ID for the next send, such as one that {@link #getId} returned; empty = a fresh one. Sending
     * fills it and a second send makes another; building the source fills it and the next send has that very id.
     */
    public void setId(String id) {
        this.id = orEmpty(id);
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

    /** The fields, if any was asked for. */
    Optional<EmailFields> chosenFields() {
        return fields();
    }

    /** When it is to be sent. */
    MailSchedule chosenSchedule() {
        return schedule();
    }

    /** The origin, if it was asked for. */
    Optional<EmailOrigin> chosenOrigin() {
        return origin();
    }

    /**
     * {@code email.BuildSource()}: the same as {@link MailFacade#emailBuildSource(Email, EmailSendOption...)}.
     *
     * @throws IllegalStateException outside of an application that has Mailroom
     */
    public boolean buildSource(EmailSendOption... options) {
        return MailFunctions.current().emailBuildSource(this, options);
    }

    /** The recipients that the server refused in the last send. */
    public List<RefusedRecipient> getRefused() {
        return refused;
    }

    /**
     * What became of each recipient in the last send over a synchronous session, in the order of the envelope. Empty
     * before, where nothing came to be sent, and after sending asynchronously: {@code MailStatus.recipients()} tells
     * then.
     */
    public List<RecipientOutcome> getRecipientOutcomes() {
        return recipientOutcomes;
    }

    /** The error text of the last send of this mail, or of the last reading into it; empty if it succeeded. */
    public String getError() {
        return error;
    }

    /**
     * Whether the last send accepted nothing, because this mail was accepted before under its idempotency key: the
     * state of that first mail then; empty = a mail was accepted now.
     */
    public Optional<SpoolState> getDuplicateOf() {
        return duplicateOf;
    }

    /** The number for {@link MailFacade#emailStatus(long)}, if the last send was accepted by the spool; else 0. */
    public long getMailIdentifier() {
        return mailIdentifier;
    }

    /** The same as text; else empty. */
    public String getAsynchronousEmailIdentifier() {
        return asynchronousEmailIdentifier;
    }

    /** Another send begins: what the last one was accepted as is no result of this one. */
    void begins() {
        duplicateOf = Optional.empty();
        mailIdentifier = 0;
        asynchronousEmailIdentifier = "";
    }

    void acceptedAs(MailIdentifier identifier, Optional<SpoolState> state) {
        duplicateOf = state;
        mailIdentifier = identifier.number();
        asynchronousEmailIdentifier = identifier.toString();
    }

    void sentAs(String messageId) {
        id = messageId;
        idFilledBySending = true;
    }

    void builtAs(byte[] builtSource, String messageId) {
        source(builtSource);
        id = messageId;
        idFilledBySending = false;
    }

    /** What an earlier mail left here is gone; the Message-ID of a mail that came is not that of one to be sent. */
    @Override
    protected void received(FetchedMail mail) {
        fetched(mail);
        EmailTranslator.fill(this, mail.content());
        groups(FieldImport.NOTHING);
        idFilledBySending = true;
    }

    /** The same of a header alone. */
    void received(FetchedMail mail, Supplier<FetchedMail> rest) {
        received(mail);
        awaits(rest::get);
    }

    @Override
    protected void completedBy(FetchedMail whole) {
        EmailTranslator.fillContent(this, whole.content());
    }

    void imported(ParsedMail mail) {
        EmailTranslator.fill(this, mail);
        groups(FieldImport.of(mail.header()));
        describedBy(mail);
    }

    void readingEnded(boolean foundNone, Optional<MailError> why) {
        foundNone(foundNone);
        error = why.map(MailError::message).orElse("");
    }

    void ended(List<RecipientOutcome> recipients, Optional<MailError> why) {
        recipientOutcomes = List.copyOf(recipients);
        refused = why.isPresent() ? why.flatMap(MailError::failure).map(Failure::refused).orElse(List.of())
                : recipients.stream().filter(one -> one.state() == SpoolState.FAILED)
                        .map(one -> new RefusedRecipient(one.address(), one.reply())).toList();
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
        attach.clear();
        id = fresh.id;
        idFilledBySending = fresh.idFilledBySending;
        partialSend = fresh.partialSend;
        priority = fresh.priority;
        sensitivity = fresh.sensitivity;
        acknowledgementOfReceipt = fresh.acknowledgementOfReceipt;
        dispositionNotification = fresh.dispositionNotification;
        forget();
        forgetOutgoing();
        refused = fresh.refused;
        recipientOutcomes = fresh.recipientOutcomes;
        error = fresh.error;
        duplicateOf = fresh.duplicateOf;
        mailIdentifier = fresh.mailIdentifier;
        asynchronousEmailIdentifier = fresh.asynchronousEmailIdentifier;
    }
}
