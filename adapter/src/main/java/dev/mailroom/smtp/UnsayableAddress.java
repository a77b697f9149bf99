package dev.mailroom.smtp;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the address for which a mail needs SMTPUTF8, so that a person can be told which one it is. */
final class UnsayableAddress {
    /** In a header names are encoded words: what is not ASCII belongs to an address. */
    private static final Pattern IN_HEADER = Pattern.compile("(?m)^([!-9;-~]+):[^\\r\\n]*(?:\\r\\n[ \\t][^\\r\\n]*)*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;]*[^\\p{ASCII}][^\\s<>,;]*");
    private static final int LONGEST_HEADER = 1 << 20;

    private UnsayableAddress() {
    }

    /** The first such address, and where it stands. */
    static String of(Mail mail) {
        Envelope envelope = mail.envelope();
        if (!isAscii(envelope.reversePath())) {
            return "the sender \"" + envelope.reversePath() + "\"";
        }
        return envelope.forwardPaths().stream().filter(path -> !isAscii(path)).findFirst()
                .map(path -> "the recipient \"" + path + "\"").orElseGet(() -> inHeader(header(mail)));
    }

    private static String inHeader(String header) {
        Matcher field = IN_HEADER.matcher(header);
        while (field.find()) {
            Matcher address = ADDRESS.matcher(field.group());
            if (address.find()) {
                return "the address \"" + address.group() + "\" in " + field.group(1);
            }
        }
        return "an address in the header";
    }

    private static String header(Mail mail) {
        var read = new ByteArrayOutputStream();
        try {
            mail.data().writeTo(new OutputStream() {
                @Override
                public void write(int octet) {
                    if (read.size() < LONGEST_HEADER) {
                        read.write(octet);
                    }
                }
            });
        } catch (IOException e) {
            // What was read before is enough, or the sentence names no address.
        }
        String text = read.toString(StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
