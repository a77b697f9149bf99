package dev.mailroom.facade.fields;

import dev.mailroom.reading.MailTexts;
import dev.mailroom.spool.MailSchedule;
import java.time.Instant;
import java.util.Optional;

/** What an Email says of how it is to be sent, beyond what WLanguage's Email has. Not thread-safe. */
public abstract class OutgoingProperties extends MailTexts {
    /** Made when they are asked for: most mails have none. */
    private Optional<EmailFields> fields = Optional.empty();
    private Optional<EmailOrigin> origin = Optional.empty();
    private String idempotencyKey = "";
    private String reference = "";
    private MailSchedule schedule = MailSchedule.NOW;

    /** Of a mail of which nothing is said. */
    protected OutgoingProperties() {
        // Everything is as usual.
    }

    /** Header fields of the mail that is to be sent, beside those that other properties write: the live group. */
    public EmailFields getFields() {
        fields = Optional.of(fields.orElseGet(EmailFields::new));
        return fields.get();
    }

    /** Whom the mail that is to be sent comes from beside its Sender, and when: the live group. */
    public EmailOrigin getOrigin() {
        origin = Optional.of(origin.orElseGet(EmailOrigin::new));
        return origin.get();
    }

    /** The name that makes sending this mail asynchronously safe to repeat; empty = none. */
    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    /**
     * Sets a name of at most 255 characters, unique among this caller's mails, such as an invoice number. The spool
     * accepts one mail under it for as long as it remembers it; sending the same again returns the first identifier,
     * see {@code getDuplicateOf}, and sending another mail under it, or one with another reference, is an error. A
     * mail that has failed, was given up or deleted leaves its name free: then a new one is accepted. Empty = none. A
     * synchronous session refuses a mail that has one: nothing would remember it.
     */
    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey == null ? "" : idempotencyKey;
    }

    /** What the application gets back with the outcome of this mail; empty = nothing. */
    public String getReference() {
        return reference;
    }

    /**
     * Sets what the application gets back with the outcome ({@code MailSettled.reference()}), such as the number of an
     * invoice: at most 255 characters. Without a meaning in synchronous sessions, whose outcome is the call's result.
     */
    public void setReference(String reference) {
        this.reference = reference == null ? "" : reference;
    }

    /** When the mail is to be sent at the earliest; empty = at once. */
    public Optional<Instant> getSendAt() {
        return schedule.sendAt();
    }

    /**
     * Sets when the mail is to be sent at the earliest: over an asynchronous session only, whose spool keeps it until
     * then. Null = at once, as is a moment that has passed.
     *
     * @throws IllegalArgumentException if it is not before {@link #getExpires}
     */
    public void setSendAt(Instant moment) {
        schedule = new MailSchedule(Optional.ofNullable(moment), schedule.expires());
    }

    /** Until when the mail is of use; empty = it does not expire. */
    public Optional<Instant> getExpires() {
        return schedule.expires();
    }

    /**
     * Sets until when the mail is of use: then it is given up, if it was not sent. Over a synchronous session that is
     * looked at once. Null = it does not expire.
     *
     * @throws IllegalArgumentException if it is not after {@link #getSendAt}
     */
    public void setExpires(Instant moment) {
        schedule = new MailSchedule(schedule.sendAt(), Optional.ofNullable(moment));
    }

    /** When it is to be sent. */
    protected final MailSchedule schedule() {
        return schedule;
    }

    /** The fields, if any was asked for. */
    protected final Optional<EmailFields> fields() {
        return fields;
    }

    /** The origin, if it was asked for. */
    protected final Optional<EmailOrigin> origin() {
        return origin;
    }

    /** The groups are those of a mail that was read from its source. */
    protected final void groups(FieldImport imported) {
        fields = imported.fields();
        origin = imported.origin();
    }

    /** Nothing is said of the mail, as at first. */
    protected final void forgetOutgoing() {
        groups(FieldImport.NOTHING);
        idempotencyKey = "";
        reference = "";
        schedule = MailSchedule.NOW;
    }
}
