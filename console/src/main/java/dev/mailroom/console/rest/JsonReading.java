package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads one JSON object from the bytes of a request, more strictly than the parser does: nothing but UTF-8, no half
 * of a character, no name twice, and not so many or so deep values that they would fill the memory.
 */
final class JsonReading {
    static final int MOST_VALUES = 50_000;
    private static final int DEEPEST = 20;

    private final JsonParser parser;
    private int values;

    private JsonReading(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws ProblemException 400 when it is anything else */
    static JsonObject of(byte[] bytes) {
        var utf8 = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        try (JsonParser parser = Json.createParser(new InputStreamReader(new ByteArrayInputStream(bytes), utf8))) {
            return new JsonReading(parser).onlyObject();
        } catch (ProblemException e) {
            throw e;
        } catch (JsonParsingException e) {
            // The parser's message quotes the input, which may be a password: only the place is told.
            throw ProblemException.badInput("The request is not valid JSON: line " + e.getLocation().getLineNumber()
                    + ", column " + e.getLocation().getColumnNumber() + ".");
        } catch (JsonException e) {
            throw ProblemException.badInput("The request is not valid JSON in UTF-8.");
        } catch (RuntimeException e) {
            // Ended too soon: the parser has no type of its own for it.
            throw ProblemException.badInput("The request is not valid JSON.");
        }
    }

    private JsonObject onlyObject() {
        if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
            throw ProblemException.badInput("The request must be a JSON object.");
        }
        JsonObject object = object(1);
        if (parser.hasNext()) {
            parser.next();
            throw ProblemException.badInput("The request must be one JSON object, with nothing behind it.");
        }
        return object;
    }

    private JsonObject object(int depth) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        Set<String> names = new HashSet<>();
        while (parser.next() != Event.END_OBJECT) {
            String name = text();
            if (!names.add(name)) {
                throw ProblemException.badInput("The request has a property twice.");
            }
            object.add(name, value(parser.next(), depth));
        }
        return object.build();
    }

    private JsonValue array(int depth) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(event, depth));
        }
        return array.build();
    }

    private JsonValue value(Event event, int depth) {
        if (++values > MOST_VALUES || depth > DEEPEST) {
            throw ProblemException.badInput("The request has more than " + MOST_VALUES + " values, or nests them more "
                    + "than " + DEEPEST + " deep.");
        }
        return switch (event) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> Json.createValue(text());
            default -> parser.getValue();
        };
    }

    private String text() {
        String text = parser.getString();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw ProblemException.badInput("The request has half of a character: a surrogate (\\ud800 to \\udfff)"
                        + " without the other of its pair.");
            }
        }
        return text;
    }
}
