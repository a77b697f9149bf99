package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ParsedPart;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.mime4j.dom.Message;
import org.junit.jupiter.api.Test;

/** What we compose we read back: nothing is lost on the way, whatever the mail holds. */
final class ReadBackTest {
    private static final int DRAFTS = 1_000;

    @Test
    void buildingReadingAndBuildingYieldsTheSameMail() throws Exception {
        readBack(new RandomDrafts(14), DRAFTS);
    }

    static void readBack(RandomDrafts drafts, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Draft draft = named(drafts.next());
            byte[] built = Mails.bytes(draft);
            ParsedMail read = MailParser.parse(built);
            String number = "draft " + i;
            assertSame(comparable(built), comparable(Mails.bytes(draft(read))), number);
            assertEquals(lines(draft.text()), read.text(), number);
            assertEquals(lines(draft.html()), read.html(), number);
            assertEquals(draft.subject(), read.header().text("Subject"), number);
            assertEquals(draft.attachments().size(), read.parts().size(), number);
            for (Attachment attachment : draft.attachments()) {
                try (InputStream in = attachment.content().open()) {
                    byte[] content = in.readAllBytes();
                    assertTrue(read.parts().stream().anyMatch(part -> Arrays.equals(content, part.content())
                            && part.identifier().equals(attachment.contentId())), number);
                }
            }
        }
    }

    /** A name that stands in the type alone is a file's name too; plain blanks around a subject are no part of it. */
    private static Draft named(Draft draft) {
        List<Attachment> attachments = draft.attachments().stream().map(file -> new Attachment(
                file.name().isEmpty() && file.contentType().contains("name=") ? "other.zip" : file.name(),
                file.contentType(), file.content(), file.contentId())).toList();
        return new Draft(draft.from(), draft.replyTo(), draft.recipients(), draft.subject().strip(), draft.text(),
                draft.html(), attachments, draft.extraFields(), draft.messageId(), draft.partialSend(),
                draft.notification());
    }

    /** The draft that a mail describes; what is not of it, Message-ID and date, is the same as before. */
    private static Draft draft(ParsedMail read) {
        List<Attachment> attachments = new ArrayList<>();
        for (ParsedPart part : read.parts()) {
            attachments.add(new Attachment(part.name(), part.contentType(), ContentSource.of(part.content()),
                    part.identifier()));
        }
        return new Draft(read.header().mailboxes("From").get(0),
                read.header().mailboxes("Reply-To").stream().findFirst().orElse(""),
                new Draft.Recipients(read.header().mailboxes("To"), read.header().mailboxes("Cc"), List.of()),
                read.header().text("Subject"), read.text(), read.html(), attachments, List.of(),
                read.header().identifiers("Message-ID").get(0), false, DeliveryNotification.NONE);
    }

    /** Tells the first difference: a mail may be long. */
    private static void assertSame(String first, String second, String number) {
        int same = Arrays.mismatch(first.toCharArray(), second.toCharArray());
        if (same >= 0) {
            int from = Math.max(0, same - 100);
            assertEquals(first.substring(from, Math.min(first.length(), same + 200)),
                    second.substring(from, Math.min(second.length(), same + 200)), number);
        }
    }

    /** Boundaries are random words. */
    private static String comparable(byte[] mail) {
        return new String(mail, StandardCharsets.UTF_8).replaceAll("----=_[0-9a-z]{24}_", "----=_");
    }

    private static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    @Test
    void whatWeReadOfOurMailsMime4jReadsToo() throws Exception {
        RandomDrafts drafts = new RandomDrafts(15);
        for (int i = 0; i < 500; i++) {
            byte[] built = Mails.bytes(drafts.next());
            Message theirs = Mime4j.read(built);
            ParsedMail ours = MailParser.parse(built);
            assertEquals(theirs.getMessageId(), "<" + ours.header().identifiers("Message-ID").get(0) + ">");
            assertEquals(theirs.getDate().toInstant(), ours.header().date().orElseThrow());
            assertEquals(theirs.getTo() == null ? 0 : theirs.getTo().flatten().size(),
                    ours.header().mailboxes("To").size());
        }
    }
}
