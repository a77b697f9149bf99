package dev.mailroom.testing;

import java.io.IOException;
import java.util.Optional;

/** The mail transactions of one connection: MAIL, RCPT, DATA, BDAT (RFC 5321, section 3.3; RFC 3030). */
final class MailReception {
    private final Stage stage;
    private final DialogueRecorder recorder;
    private final ServerSettings settings;
    /** Null between transactions. */
    private MailTransaction transaction;
    private int earlyCode;

    MailReception(Stage stage, DialogueRecorder recorder) {
        this.stage = stage;
        this.recorder = recorder;
        this.settings = stage.settings;
    }

    boolean underWay() {
        return transaction != null;
    }

    void reset() {
        transaction = null;
    }

    void mail(String line, boolean greeted, String user) throws IOException {
        Optional<PathArgument> parsed = PathArgument.parse(line, "MAIL FROM:<");
        Optional<String> unknown = parsed.flatMap(sender -> sender.unknownParameter(settings));
        String reply = "250 2.1.0 Ok";
        if (!greeted) {
            reply = "503 5.5.1 EHLO first";
        } else if (settings.authRequired() && user.isEmpty()) {
            reply = "530 5.7.0 Authentication required";
        } else if (transaction != null) {
            reply = "503 5.5.1 Nested MAIL";
        } else if (parsed.isEmpty()) {
            reply = "501 5.5.4 Not understood";
        } else if (unknown.isPresent()) {
            reply = "555 5.5.4 Unsupported parameter " + unknown.get();
        } else if (parsed.get().announcedSize() > settings.greatestSize()) {
            reply = "552 5.3.4 Too large";
        }
        PathArgument sender = parsed.orElse(PathArgument.NONE);
        if (stage.perform(Step.MAIL, sender.path(), reply) / 100 == 2) {
            transaction = new MailTransaction(sender);
        }
    }

    void rcpt(String line) throws IOException {
        Optional<PathArgument> parsed = PathArgument.parse(line, "RCPT TO:<");
        Optional<String> unknown = parsed.flatMap(recipient -> recipient.unknownParameter(settings));
        String reply = "250 2.1.5 Ok";
        if (transaction == null) {
            reply = "503 5.5.1 MAIL first";
        } else if (parsed.isEmpty() || parsed.get().path().isEmpty()) {
            reply = "501 5.5.4 Not understood";
        } else if (unknown.isPresent()) {
            reply = "555 5.5.4 Unsupported parameter " + unknown.get();
        }
        PathArgument recipient = parsed.orElse(PathArgument.NONE);
        if (stage.perform(Step.RCPT, recipient.path(), reply) / 100 == 2 && transaction != null) {
            transaction.recipients.add(new ReceivedMail.Recipient(recipient.path(), recipient.parameters()));
        }
    }

    void data(String user) throws IOException {
        String reply = "354 End with a lone dot";
        if (transaction == null || transaction.chunks != null) {
            reply = "503 5.5.1 Bad sequence";
        } else if (transaction.recipients.isEmpty()) {
            reply = "554 5.5.1 No valid recipients";
        }
        if (stage.perform(Step.DATA, "", reply) == 354) {
            ContentReader content = reader();
            content.readToDot();
            finish(Step.FINAL_DOT, "", content, user);
        }
    }

    void bdat(String line, String user) throws IOException {
        String argument = line.substring(4).strip();
        if (!argument.matches("(?i)\\d{1,12}( LAST)?")) {
            stage.perform(Step.BDAT, argument, "501 5.5.4 Not understood");
            return;
        }
        long size = Long.parseLong(argument.split(" ")[0]);
        // What was announced is on its way and must be read, whatever becomes of it (RFC 3030, section 2).
        ContentReader content = transaction != null && transaction.chunks != null ? transaction.chunks : reader();
        content.readChunk(size);
        if (transaction == null || transaction.chunkRefused || !settings.offers("CHUNKING")) {
            stage.perform(Step.BDAT, argument, "503 5.5.1 Bad sequence");
        } else if (transaction.recipients.isEmpty()) {
            stage.perform(Step.BDAT, argument, "554 5.5.1 No valid recipients");
        } else if (argument.contains(" ")) {
            finish(Step.BDAT, argument, content, user);
        } else {
            transaction.chunks = content;
            transaction.chunkRefused
                    = stage.perform(Step.BDAT, argument, "250 2.0.0 " + size + " octets") / 100 != 2;
        }
    }

    private ContentReader reader() {
        earlyCode = 0;
        Optional<Action> scripted = stage.scripted(Step.CONTENT, "");
        long after = scripted.map(Action::afterBytes).orElse(-1L);
        return new ContentReader(stage.wire, settings.keepContents(), after, () -> {
            earlyCode = scripted.orElseThrow().code();
            scripted.get().perform(stage.wire);
            stage.wire.flush();
        });
    }

    /** The content is complete: recorded before the reply leaves, so whoever reads the reply finds the mail. */
    private void finish(Step step, String argument, ContentReader content, String user) throws IOException {
        MailTransaction mail = transaction == null ? new MailTransaction(PathArgument.NONE) : transaction;
        transaction = null;
        if (content.bareLineEnd()) {
            stage.log.violation("the content has a CR or LF alone");
        }
        if (content.eightBit() && !mail.eightBit()) {
            stage.log.violation("the content has 8-bit octets, MAIL did not say BODY=8BITMIME");
        }
        String reply = "250 2.0.0 Accepted";
        if (mail.recipients.isEmpty()) {
            reply = "554 5.5.1 No valid recipients";
        } else if (content.size() > settings.greatestSize()) {
            reply = "552 5.3.4 Too large";
        }
        Action action = earlyCode != 0 ? Action.nothing().countsAs(earlyCode)
                : stage.scripted(step, argument).orElse(Action.reply(reply));
        recorder.received(mail.finished(stage.log.number(), user, content, action.code()));
        action.perform(stage.wire);
    }
}
