package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.document;
import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.console.problem.Problem;
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
    void aDocumentNeverShowsItsContent() {
        assertFalse(document("{\"password\":\"hunter2\"}").toString().contains("hunter2"));
    }
}
