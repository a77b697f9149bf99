package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.function.Executable;

/** Requests as they come over the wire. */
final class Documents {
    private Documents() {
    }

    static JsonDocument document(String json) {
        return document(json, 100_000);
    }

    static JsonDocument document(String json, int most) {
        return document(json.getBytes(StandardCharsets.UTF_8), most);
    }

    static JsonDocument document(byte[] bytes, int most) {
        try {
            return new JsonDocument(JsonReading.of(
                    JsonDocumentReader.read(new ByteArrayInputStream(bytes), 0, most, octets -> { })));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Problem problemOf(Executable action) {
        return assertThrows(ProblemException.class, action).problem();
    }
}
