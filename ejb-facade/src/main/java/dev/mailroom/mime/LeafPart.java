package dev.mailroom.mime;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import java.io.OutputStream;
import java.util.function.Consumer;

/** A body part with content of ours, which is encoded already: a text, or an attachment that leaves a gap. */
final class LeafPart extends MimeBodyPart {
    LeafPart(TextBody text) throws MessagingException {
        setDataHandler(new Body(text.contentType(), stream -> stream.write(text)));
        setHeader("Content-Transfer-Encoding", text.encoding().word());
    }

    LeafPart(Attachment attachment, String disposition) throws MessagingException {
        setDataHandler(new Body(attachment.contentType(), stream -> stream.gap(attachment.content())));
        setHeader("Content-Transfer-Encoding", "base64");
        setDisposition(disposition);
        if (!attachment.name().isEmpty()) {
            setFileName(attachment.name());
        }
        if (!attachment.contentId().isEmpty()) {
            setContentID("<" + attachment.contentId() + ">");
        }
    }

    /** None: whatever Jakarta Mail put around the stream would encode a second time. */
    @Override
    public String getEncoding() {
        return null;
    }

    private static final class Body extends DataHandler {
        private final Consumer<GapStream> writer;

        Body(String contentType, Consumer<GapStream> writer) {
            super("", contentType);
            this.writer = writer;
        }

        @Override
        public void writeTo(OutputStream out) {
            writer.accept((GapStream) out);
        }
    }
}
