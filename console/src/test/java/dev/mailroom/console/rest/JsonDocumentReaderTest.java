package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.document;
import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.console.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentReaderTest {
    @Test
    void malformedJsonIsToldByItsPlaceAndNeverQuoted() {
        Problem problem = problemOf(() -> document("{\"password\":\n hunter2}"));
        assertEquals(400, problem.status());
        assertTrue(problem.detail().contains("line 2"), problem.detail());
        assertFalse(problem.detail().contains("hunter2"), problem.detail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "[]", "7", "\"text\"", "null", "{} {}", "{\"a\":1,}", "\u0000"})
    void whatIsNotOneJsonObjectIsBadInput(String body) {
        assertEquals(400, problemOf(() -> document(body)).status());
    }

    @Test
    void deepNestingIsBadInputAndNoStackOverflow() {
        assertEquals(400, problemOf(() -> document("{\"a\":" + "[".repeat(20_000))).status());
    }

    @Test
    void aRequestOfExactlyTheLimitIsRead() {
        assertTrue(document("{\"a\":12}", 8).object().containsKey("a"));
    }

    @Test
    void aRequestOverTheLimitIsRefusedNamingTheKey() {
        Problem problem = problemOf(() -> document("{\"a\":12}", 7));
        assertEquals(413, problem.status());
        assertTrue(problem.detail().contains("mailroom.console.max-request"), problem.detail());
    }

    @Test
    void aRequestThatIsNotUtf8IsBadInput() {
        assertEquals(400, problemOf(() -> document("{\"a\":\"gr\u00fc\u00df\"}".getBytes(StandardCharsets.ISO_8859_1),
                100)).status());
        assertEquals(400, problemOf(() -> document("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_16), 100)).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\ud83d\"}", "{\"a\":\"x\\ude00\"}", "{\"\\ud83d\":1}",
        "{\"a\":[\"\\ude00\\ud83d\"]}"})
    void halfOfACharacterIsBadInput(String body) {
        assertTrue(problemOf(() -> document(body)).detail().contains("surrogate"));
    }

    @Test
    void aWholeCharacterOutsideTheBasicPlaneIsRead() {
        assertEquals("\ud83d\ude00", document("{\"a\":\"\\ud83d\\ude00\"}").object().getString("a"));
    }

    @Test
    void aNameTwiceIsBadInput() {
        assertEquals(400, problemOf(() -> document("{\"to\":\"a\",\"to\":\"b\"}")).status());
    }

    @Test
    void soManyValuesAreBadInputBeforeTheyFillTheMemory() {
        String body = "{\"a\":[" + "1,".repeat(JsonReading.MOST_VALUES) + "1]}";
        assertEquals(400, problemOf(() -> document(body, 1_000_000)).status());
    }

    @Test
    void aRequestThatBreaksOffIsToldApartFromOneThatIsWrong() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Connection reset");
            }
        };
        assertThrows(IOException.class, () -> JsonDocumentReader.read(broken, 0, 100, octets -> { }));
    }

    @Test
    void roomIsAskedForBeforeTheBytesAreHeld() throws IOException {
        List<Long> asked = new ArrayList<>();
        byte[] body = new byte[100_000];
        JsonDocumentReader.read(new ByteArrayInputStream(body), 0, 200_000, asked::add);
        assertEquals(List.of(0L, 65_536L, 100_000L), asked);
        asked.clear();
        JsonDocumentReader.read(new ByteArrayInputStream(body), 100_000, 200_000, asked::add);
        assertEquals(100_000L, asked.get(0));
    }

    @Test
    void whatIsLongerThanTheLimitIsNotEvenRead() {
        InputStream unread = InputStream.nullInputStream();
        assertEquals(413, problemOf(() -> JsonDocumentReader.read(unread, 101, 100, octets -> { })).status());
    }

    @Test
    void aDocumentNeverShowsItsContent() {
        assertFalse(document("{\"password\":\"hunter2\"}").toString().contains("hunter2"));
    }
}
