package dev.mailroom.mime;

import java.io.ByteArrayInputStream;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;

/** Apache James' parser. */
final class Mime4j {
    private Mime4j() {
    }

    static Message read(byte[] mail) throws Exception {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.PERMISSIVE);
        return builder.parseMessage(new ByteArrayInputStream(mail));
    }

    static String attachmentName(byte[] mail) throws Exception {
        return ((Multipart) read(mail).getBody()).getBodyParts().get(1).getFilename();
    }
}
