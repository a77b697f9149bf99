package dev.mailroom.mime;

import dev.mailroom.DeliveryNotification;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Drafts of every shape; the same seed gives the same draft. */
final class RandomDrafts {
    private static final String[] WORDS = {"hello", "Grüße", "日本語のテキスト", "😀", "a", "ü", "=", "?", "_", ".", "\t", "  ",
        "it's", "(x)", "\"", "\\", "longer-than-most-words-but-still-one", "http://example.org/a/b/c?d=e&f=g", "naïve",
        "Ω≈ç√∫", "From", "\u0001", "ключ", "𝄞𝄞𝄞", "100%", "#", "[tag]", ",", "@"};
    private static final String[] ENDS = {"\r\n", "\n", "\r", "\n\n", " \n", "\t\r\n", "\n.\n", "\r\r\n"};
    private static final String[] ADDRESSES = {"a@example.org", "jane.doe+tag@mail.example.com", "\"j d\"@example.org",
        "x@[192.0.2.1]", "o'brien@sub.sub.example.co.uk", "\"a\\\"b\"@example.org", "u@localhost"};
    private static final String[] TYPES = {"", "image/png", "text/plain; charset=utf-8", "text/csv", "application/pdf",
        "application/x-any; long=\"" + "value ".repeat(9) + "\"; b=c",
        "Application/Zip; name=other.zip"};

    private final Random random;

    RandomDrafts(long seed) {
        this.random = new Random(seed);
    }

    Draft next() {
        List<String> to = mailboxes(1 + random.nextInt(4));
        String text = random.nextInt(6) == 0 ? "" : body();
        String html = random.nextInt(3) == 0 ? body() : "";
        return new Draft(mailbox(), random.nextInt(3) == 0 ? mailbox() : "", new Draft.Recipients(to,
                mailboxes(random.nextInt(3)), List.of()), line(random.nextInt(25)), text, html, attachments(),
                List.of(), "", false, DeliveryNotification.NONE);
    }

    private List<Attachment> attachments() {
        List<Attachment> attachments = new ArrayList<>();
        for (int i = random.nextBoolean() ? 0 : random.nextInt(4); i > 0; i--) {
            byte[] content = new byte[random.nextInt(3) == 0 ? random.nextInt(3) * 57 : random.nextInt(20_000)];
            random.nextBytes(content);
            attachments.add(new Attachment(name(), TYPES[random.nextInt(TYPES.length)], ContentSource.of(content),
                    random.nextBoolean() ? "" : "part" + i + "@example.org"));
        }
        return attachments;
    }

    private String name() {
        return switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> "a long name ".repeat(random.nextInt(21)) + ".txt";
            case 2 -> "日本語の名前".repeat(random.nextInt(14)) + ".docx";
            default -> line(random.nextInt(4)).replace("\u0001", "") + ".pdf";
        };
    }

    private List<String> mailboxes(int count) {
        List<String> mailboxes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mailboxes.add(mailbox());
        }
        return mailboxes;
    }

    private String mailbox() {
        String address = ADDRESSES[random.nextInt(ADDRESSES.length)];
        // Runs of spaces are where we differ on purpose: Jakarta Mail lets them collapse.
        String name = line(random.nextInt(8)).replaceAll("[\\p{Cntrl}]", "").replaceAll(" +", " ").strip();
        if (name.isEmpty()) {
            return address;
        }
        return "\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\" <" + address + ">";
    }

    // "=?" is where we differ from Jakarta Mail on purpose; another test is about that.
    private String line(int words) {
        StringBuilder line = new StringBuilder();
        boolean spaces = random.nextBoolean();
        for (int i = 0; i < words; i++) {
            line.append(spaces && i > 0 ? " " : "").append(word());
        }
        return line.toString().replace("=?", "= ?");
    }

    private String word() {
        return random.nextInt(3) == 0 ? WORDS[random.nextInt(WORDS.length)] : WORDS[random.nextInt(3) * 4];
    }

    private String body() {
        StringBuilder body = new StringBuilder();
        int style = random.nextInt(4);
        for (int i = random.nextInt(120); i > 0; i--) {
            switch (style) {
                case 0 -> body.append("plain words ");
                case 1 -> body.append(word()).append(' ');
                case 2 -> body.append("日本語");
                default -> body.append("x".repeat(random.nextInt(100)));
            }
            if (random.nextInt(6) == 0) {
                body.append(ENDS[random.nextInt(ENDS.length)]);
            }
        }
        return body.toString();
    }
}
