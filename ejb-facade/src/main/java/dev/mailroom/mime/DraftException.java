package dev.mailroom.mime;

/** A part of a {@link Draft} that no mail can be made of. Names the part and shows the value, controls made visible. */
public final class DraftException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The parts of a draft that can be wrong. */
    public enum Part {
        /** {@link Draft#from}. */
        FROM("from"),
        /** {@link Draft.Origin#furtherFrom}. */
        FURTHER_FROM("further from"),
        /** {@link Draft.Origin#sender}. */
        SENDER("sender"),
        /** {@link Draft.Origin#envelopeSender}. */
        ENVELOPE_SENDER("envelope sender"),
        /** {@link Draft.Origin#date}. */
        DATE("date"),
        /** {@link Draft#replyTo}. */
        REPLY_TO("reply-to"),
        /** {@link Draft.Recipients#to}, or all recipients together. */
        TO("to"),
        /** {@link Draft.Recipients#cc}. */
        CC("cc"),
        /** {@link Draft.Recipients#bcc}. */
        BCC("bcc"),
        /** {@link Draft#subject}. */
        SUBJECT("subject"),
        /** {@link Draft#text}. */
        TEXT("text"),
        /** {@link Draft#html}. */
        HTML("html"),
        /** {@link Attachment#name}. */
        ATTACHMENT_NAME("attachment name"),
        /** {@link Attachment#contentType}. */
        ATTACHMENT_TYPE("attachment type"),
        /** {@link Attachment#contentId}. */
        ATTACHMENT_ID("attachment content id"),
        /** {@link Attachment#content}. */
        ATTACHMENT_CONTENT("attachment content"),
        /** {@link Draft#extraFields}. */
        EXTRA_FIELD("header field"),
        /** {@link Draft#messageId}. */
        MESSAGE_ID("message id");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    private final Part part;
    private final int index;
    private final String problem;

    DraftException(Part part, int index, String problem) {
        super(part.words + (index < 0 ? " " : "[" + index + "] ") + problem);
        this.part = part;
        this.index = index;
        this.problem = problem;
    }

    DraftException(Part part, String problem) {
        this(part, -1, problem);
    }

    /** Which part. */
    public Part part() {
        return part;
    }

    /** Which element of the part, from 0; negative where the part is no list. */
    public int index() {
        return index;
    }

    /** What is wrong with which value, to be read behind the part's name. */
    public String problem() {
        return problem;
    }
}
