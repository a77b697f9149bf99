package dev.mailroom.smtp;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;

/** A random mail with a number, and what is known about it independently of the dialogue. */
final class ModelMail implements MailData {
    final int number;
    final Mail mail;
    final int recipients;
    final boolean partial;
    /** Its source fails after so many octets; -1 = never. */
    private final int failsAfter;
    private final byte[] bytes;
    private final Random random;
    /** Goes on writing after it was told to stop. */
    private final boolean stubborn;
    boolean sourceFailed;

    ModelMail(int number, Random random) {
        this.number = number;
        this.random = random;
        recipients = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        partial = random.nextBoolean();
        stubborn = random.nextBoolean();
        bytes = content(random);
        failsAfter = random.nextInt(60) == 0 ? random.nextInt(bytes.length + 1) : -1;
        mail = new Mail(new Envelope("m" + number + "@x.org",
                IntStream.range(0, recipients).mapToObj(i -> "r" + i + "@y.org").toList(), partial,
                DeliveryNotification.NONE), this);
    }

    private byte[] content(Random source) {
        String[] pieces = {"\r\n", "\n", "\r", ".", "..", "\r\n.\r\n", "\n.\n", "a", "QUIT\r\n", "text of a mail"};
        StringBuilder text = new StringBuilder("mail " + number);
        int count = source.nextInt(8);
        for (int i = 0; i < count; i++) {
            text.append(pieces[source.nextInt(pieces.length)]);
        }
        if (source.nextInt(400) == 0) {
            text.append("0123456789 .\r\n".repeat(source.nextInt(25_000)));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** What must arrive. */
    String canonical() {
        String lines = new String(bytes, StandardCharsets.US_ASCII).replaceAll("\r\n|\r|\n", "\r\n");
        return lines.endsWith("\r\n") ? lines : lines + "\r\n";
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public boolean eightBit() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            if (failsAfter >= 0 && at >= failsAfter) {
                break;
            }
            int part = Math.min(bytes.length - at, 1 + random.nextInt(5_000));
            try {
                out.write(bytes, at, part);
            } catch (IOException e) {
                if (!stubborn) {
                    throw e;
                }
            }
            at += part;
        }
        if (failsAfter >= 0) {
            sourceFailed = true;
            throw new IOException("the file is gone");
        }
    }
}
