package dev.mailroom.sevenbit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A raw mail of any shape, and what its parts hold; the same seed gives the same mail. */
final class RandomMail {
    private static final String[] PIECES = {"plain words ", "Grüße ", "日本語 ", "=3D = ", ".", "\r\n", "\n", "\r",
        " \r\n", "--", "--b", "x".repeat(200), "\t"};

    /** What each leaf must hold when it is read, in order: octets as ISO 8859-1. */
    final List<String> leaves = new ArrayList<>();
    final byte[] bytes;
    private final Random random;
    private final String end;
    private int boundaries;

    RandomMail(long seed) {
        random = new Random(seed);
        end = random.nextBoolean() ? "\r\n" : "\n";
        String text = "Subject: number " + seed + end + "MIME-Version: 1.0" + end + entity(0);
        bytes = text.getBytes(ISO_8859_1);
    }

    private String entity(int depth) {
        return switch (random.nextInt(depth > 3 ? 3 : 6)) {
            case 0, 1, 2 -> leaf();
            case 3 -> "Content-Type: message/rfc822" + end + label() + end + "Subject: inner" + end + entity(depth + 1);
            default -> multipart(depth);
        };
    }

    private String multipart(int depth) {
        String boundary = "b" + boundaries++;
        StringBuilder text = new StringBuilder("Content-Type: multipart/" + (random.nextBoolean() ? "mixed" : "related")
                + ";" + end + " boundary=\"" + boundary + "\"" + end + label() + end);
        if (random.nextInt(3) == 0) {
            text.append("Not read by anybody: ").append(octets("ü")).append(end);
        }
        for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
            text.append("--").append(boundary).append(end).append(entity(depth + 1)).append(end);
        }
        text.append("--").append(boundary).append("--").append(random.nextBoolean() ? end : "");
        return text.append(random.nextInt(3) == 0 ? end + octets("after ä") : "").toString();
    }

    private String label() {
        return switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> "Content-Transfer-Encoding: 8bit" + end;
            default -> "content-transfer-encoding:" + end + "\tBINARY (as it is)" + end;
        };
    }

    private String leaf() {
        String content = content();
        boolean eightBit = content.chars().anyMatch(c -> c > 127);
        boolean text = random.nextBoolean();
        // What may stay stays, and the wire makes CRLF of its line ends; so does quoted-printable.
        leaves.add(text || !eightBit ? content.replaceAll("\r\n|\r|\n", "\r\n") : content);
        return "Content-Type: " + (text ? "text/plain; charset=utf-8" : "application/x-any") + end + label()
                + "X-After: untouched" + end + end + content;
    }

    private String content() {
        StringBuilder content = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            content.append(octets(PIECES[random.nextInt(PIECES.length)]));
        }
        return content.append("x").toString();
    }

    private static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
