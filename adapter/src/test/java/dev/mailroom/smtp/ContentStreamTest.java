package dev.mailroom.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContentStreamTest {
    private final ByteArrayOutputStream left = new ByteArrayOutputStream();
    private final Cork cork = new Cork(new Wire() {
        @Override
        public void limitSilence(Duration longest) {
            // It never waits.
        }

        @Override
        public void awaitFinalReply(boolean awaited) {
            // Time does not pass by itself.
        }

        @Override
        public void expectLine() {
            // Nothing is read here.
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return -1;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            left.write(from, offset, length);
        }

        @Override
        public int waiting() {
            return 0;
        }
    }, new Buffers());

    private String sent(boolean dots, int pieces, String content) throws IOException {
        left.reset();
        cork.open();
        // Whatever is in the cork before shifts where the content meets the end of the buffer.
        cork.gap(Buffers.SIZE - 7);
        ContentStream stream = new ContentStream(cork);
        stream.begin(dots, cork::flush);
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < bytes.length; at += pieces) {
            if (pieces == 1) {
                stream.write(bytes[at]);
            } else {
                stream.write(bytes, at, Math.min(pieces, bytes.length - at));
            }
        }
        stream.finish();
        cork.flush();
        cork.close();
        return left.toString(StandardCharsets.ISO_8859_1).substring(Buffers.SIZE - 7);
    }

    private void assertSent(String expected, String content) throws IOException {
        for (int pieces = 1; pieces < content.length() + 2; pieces++) {
            assertEquals(expected, sent(true, pieces, content), "in pieces of " + pieces);
        }
    }

    @Test
    void bareLineEndsLeaveAsCrlf() throws IOException {
        assertSent("a\r\nb\r\nc\r\n\r\nd\r\n", "a\nb\rc\r\r\nd");
        assertSent("\r\n", "\n");
        assertSent("\r\n", "\r");
        assertSent("\r\n\r\n", "\r\r");
        assertSent("", "");
    }

    @Test
    void noLineOfTheContentIsALoneDot() throws IOException {
        assertSent("..\r\n", ".");
        assertSent("..\r\n...\r\na.\r\n", ".\r\n..\r\na.\r\n");
    }

    @Test
    void nothingCanBeSmuggledBehindAnUnusualEndOfContent() throws IOException {
        for (String end : new String[] {"\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r.\r", "\n.\r"}) {
            assertSent("a\r\n..\r\nMAIL FROM:<>\r\n", "a" + end + "MAIL FROM:<>\r\n");
        }
    }

    @Test
    void chunksCarryNoExtraDots() throws IOException {
        assertEquals(".\r\n..\r\n", sent(false, 3, ".\n.."));
    }

    @Test
    void anyContentInAnyPiecesIsWhatASimpleDefinitionSays() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder content = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                content.append("\r\n.ax".charAt(random.nextInt(5)));
            }
            String lines = content.toString().replaceAll("\r\n|\r|\n", "\r\n");
            String whole = lines.isEmpty() || lines.endsWith("\r\n") ? lines : lines + "\r\n";
            String dots = whole.replaceAll("(?m)^\\.", "..");
            assertEquals(dots, sent(true, 1 + random.nextInt(10), content.toString()));
        }
    }
}
