package dev.mailroom.console.rest;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParsingException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads a request's body: bounded, and a JSON object. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class JsonDocumentReader implements MessageBodyReader<JsonDocument> {
    @Inject
    private ConsoleSettings settings;

    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == JsonDocument.class;
    }

    @Override
    public JsonDocument readFrom(Class<JsonDocument> type, Type generic, Annotation[] annotations, MediaType media,
            MultivaluedMap<String, String> headers, InputStream body) throws IOException {
        return read(body, settings.maxRequest());
    }

    static JsonDocument read(InputStream body, int most) throws IOException {
        byte[] bytes = body.readNBytes(most);
        if (body.read() >= 0) {
            throw new ProblemException(new Problem(413, "The request is longer than " + most
                    + " bytes, the limit that mailroom.console.max-request sets."));
        }
        return new JsonDocument(parse(bytes));
    }

    private static JsonObject parse(byte[] bytes) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(bytes))) {
            return onlyObject(parser);
        } catch (ProblemException e) {
            throw e;
        } catch (JsonParsingException e) {
            // The parser's message quotes the input, which may be a password: only the place is told.
            throw ProblemException.badInput("The request is not valid JSON: line " + e.getLocation().getLineNumber()
                    + ", column " + e.getLocation().getColumnNumber() + ".");
        } catch (RuntimeException e) {
            // Nested too deeply, not UTF-8, or ended too soon: the parser has no common type for these.
            throw ProblemException.badInput("The request is not valid JSON in UTF-8.");
        }
    }

    private static JsonObject onlyObject(JsonParser parser) {
        if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
            throw ProblemException.badInput("The request must be a JSON object.");
        }
        JsonObject object = parser.getObject();
        if (parser.hasNext()) {
            parser.next();
            throw ProblemException.badInput("The request must be one JSON object, with nothing behind it.");
        }
        return object;
    }
}
