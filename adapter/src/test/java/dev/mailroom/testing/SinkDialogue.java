package dev.mailroom.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The dialogue of a sink with one client: only as much of RFC 5321 as an honest client needs. For one thread. */
final class SinkDialogue {
    private static final byte[] GREETING = line("220 sink.test ESMTP");
    private static final byte[] OK = line("250 2.0.0 Ok");
    private static final byte[] GO_ON = line("354 Go on");
    private static final byte[] READY = line("220 2.0.0 Ready");
    private static final byte[] AUTHENTICATED = line("235 2.7.0 Fine");
    private static final byte[] CHALLENGE = line("334 ");
    private static final byte[] BYE = line("221 2.0.0 Bye");
    private static final byte[] UNKNOWN = line("500 5.5.2 Unknown");
    private static final int PATTERN_LENGTH = 5;

    private final SinkSettings settings;
    private final CountingSink sink;
    private final SinkWire wire;
    private boolean secure;
    private int challenges;

    SinkDialogue(SinkSettings settings, CountingSink sink, Socket socket) throws IOException {
        this.settings = settings;
        this.sink = sink;
        this.wire = new SinkWire(sink, socket, settings.roundTrip().toNanos());
    }

    void run() throws IOException {
        if (settings.tls() == SinkSettings.Tls.IMPLICIT) {
            wire.startTls();
            secure = true;
        }
        wire.say(GREETING);
        wire.flush();
        int end = nextLine();
        while (end >= 0 && command(end)) {
            end = nextLine();
        }
        wire.flush();
    }

    /** Where the CRLF of the next line is; negative at the end of the stream. */
    private int nextLine() throws IOException {
        int scanned = 0;
        while (true) {
            byte[] buffer = wire.buffer;
            for (int i = wire.position + scanned; i < wire.limit; i++) {
                if (buffer[i] == '\n') {
                    return i - 1;
                }
            }
            scanned = wire.limit - wire.position;
            if (!wire.fill(scanned == 0)) {
                return -1;
            }
        }
    }

    private boolean command(int end) throws IOException {
        int start = wire.position;
        wire.position = end + 2;
        if (challenges > 0) {
            challenges--;
            wire.say(challenges == 0 ? AUTHENTICATED : CHALLENGE);
            return true;
        }
        switch (verb(start, end)) {
            case "MAIL", "RCPT", "RSET", "NOOP" -> wire.say(OK);
            case "DATA" -> {
                wire.say(GO_ON);
                return content();
            }
            case "BDAT" -> {
                return chunk(start, end);
            }
            case "EHLO", "HELO" -> wire.say(settings.ehloReply(secure).getBytes(StandardCharsets.US_ASCII));
            case "STAR" -> {
                wire.say(READY);
                wire.startTls();
                secure = true;
            }
            case "AUTH" -> auth(new String(wire.buffer, start, end - start, StandardCharsets.US_ASCII).split(" "));
            case "QUIT" -> {
                wire.say(BYE);
                return false;
            }
            default -> wire.say(UNKNOWN);
        }
        return true;
    }

    /** The first four letters in upper case, without an object for those that come with every mail. */
    private String verb(int start, int end) {
        if (end - start < 4) {
            return "";
        }
        byte[] buffer = wire.buffer;
        int letters = (buffer[start] & 0xdf) << 24 | (buffer[start + 1] & 0xdf) << 16
                | (buffer[start + 2] & 0xdf) << 8 | buffer[start + 3] & 0xdf;
        return switch (letters) {
            case 'M' << 24 | 'A' << 16 | 'I' << 8 | 'L' -> "MAIL";
            case 'R' << 24 | 'C' << 16 | 'P' << 8 | 'T' -> "RCPT";
            case 'D' << 24 | 'A' << 16 | 'T' << 8 | 'A' -> "DATA";
            case 'B' << 24 | 'D' << 16 | 'A' << 8 | 'T' -> "BDAT";
            default -> new String(buffer, start, 4, StandardCharsets.US_ASCII).toUpperCase(Locale.ROOT);
        };
    }

    private void auth(String[] words) throws IOException {
        boolean login = words.length > 1 && words[1].equalsIgnoreCase("LOGIN");
        challenges = (login ? 2 : 1) - (words.length > 2 ? 1 : 0);
        wire.say(challenges == 0 ? AUTHENTICATED : CHALLENGE);
    }

    /** Reads to CRLF . CRLF; the CRLF of the DATA line is the first of an empty mail, so the search starts there. */
    private boolean content() throws IOException {
        wire.position -= 2;
        boolean waited = wire.position + 2 == wire.limit;
        int at = wire.position + PATTERN_LENGTH - 1;
        while (true) {
            int found = afterDot(at);
            if (found >= 0) {
                wire.position = found;
                sink.mails.increment();
                wire.say(OK);
                return true;
            }
            wire.position = Math.max(wire.position, wire.limit - PATTERN_LENGTH + 1);
            if (!wire.fill(waited)) {
                return false;
            }
            waited = false;
            at = PATTERN_LENGTH - 1;
        }
    }

    /** Horspool's search; {@code i} is where the last letter of the pattern may be. Negative = not there. */
    private int afterDot(int from) {
        byte[] buffer = wire.buffer;
        int limit = wire.limit;
        int i = from;
        while (i < limit) {
            switch (buffer[i]) {
                case '\n' -> {
                    if (buffer[i - 1] == '\r' && buffer[i - 2] == '.' && buffer[i - 3] == '\n'
                            && buffer[i - 4] == '\r') {
                        return i + 1;
                    }
                    i += 3;
                }
                case '\r' -> i += 1;
                case '.' -> i += 2;
                default -> i += PATTERN_LENGTH;
            }
        }
        return -1;
    }

    private boolean chunk(int start, int end) throws IOException {
        byte[] buffer = wire.buffer;
        int i = start + 5;
        long left = 0;
        while (i < end && buffer[i] >= '0' && buffer[i] <= '9') {
            left = left * 10 + buffer[i] - '0';
            i++;
        }
        boolean last = i < end;
        while (left > wire.limit - wire.position) {
            left -= wire.limit - wire.position;
            wire.position = wire.limit;
            if (!wire.fill(false)) {
                return false;
            }
        }
        wire.position += (int) left;
        if (last) {
            sink.mails.increment();
        }
        wire.say(OK);
        return true;
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
