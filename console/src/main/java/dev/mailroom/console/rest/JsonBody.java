package dev.mailroom.console.rest;

import dev.mailroom.console.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A JSON object read strictly: every property has one name and one type, null counts as absent. What does not fit is
 * a 400 that names the property and what was expected; values are never repeated, any of them may be a secret.
 */
final class JsonBody {
    private final JsonObject object;
    private final String at;

    private JsonBody(JsonObject object, String at, List<String> known) {
        this.object = object;
        this.at = at;
        TreeSet<String> unknown = new TreeSet<>(object.keySet());
        known.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw ProblemException.badInput("Unknown property \"" + at + shortened(unknown.first())
                    + "\". Known: " + String.join(", ", known) + ".");
        }
    }

    /** The whole document, with the properties it may have. */
    static JsonBody of(JsonDocument document, String... known) {
        return new JsonBody(document.object(), "", List.of(known));
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "…";
    }

    /** Whether it is there, and not null. */
    boolean has(String name) {
        return find(name).isPresent();
    }

    /** A text; empty when absent. */
    String text(String name) {
        return find(name).map(value -> text(at + name, value)).orElse("");
    }

    /** A text that must be there and must not be blank. */
    String requiredText(String name) {
        String text = text(name);
        if (text.isBlank()) {
            throw ProblemException.badInput("Property \"" + at + name + "\" is missing or blank: a text is needed.");
        }
        return text;
    }

    /** A whole number. */
    int number(String name, int otherwise) {
        return find(name).map(value -> {
            if (value instanceof JsonNumber number && number.isIntegral()
                    && number.bigIntegerValue().bitLength() < Integer.SIZE) {
                return number.intValue();
            }
            throw wrongType(at + name, "a whole number");
        }).orElse(otherwise);
    }

    /** True or false; false when absent. */
    boolean flag(String name) {
        return find(name).map(value -> switch (value.getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            default -> throw wrongType(at + name, "true or false");
        }).orElse(false);
    }

    /**
     * One of an enum's constants, written without what all of their names have in common and in any case.
     *
     * @param prefix what all names begin with
     * @param suffix what they end with
     */
    <E extends Enum<E>> E word(String name, String prefix, String suffix, E otherwise) {
        String given = text(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        Map<String, E> known = new LinkedHashMap<>();
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            String word = constant.name();
            known.put(word.substring(prefix.length(), word.length() - suffix.length()).toLowerCase(Locale.ROOT),
                    constant);
        }
        E found = known.get(given.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw wrongType(at + name, "one of " + String.join(", ", known.keySet()));
        }
        return found;
    }

    /** A list of texts; empty when absent. */
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name, "a list of texts")) {
            texts.add(text(at + name + "[" + texts.size() + "]", value));
        }
        return texts;
    }

    /** A list of objects, each with the properties it may have; empty when absent. */
    List<JsonBody> objects(String name, String... known) {
        List<JsonBody> bodies = new ArrayList<>();
        for (JsonValue value : array(name, "a list of objects")) {
            String place = at + name + "[" + bodies.size() + "]";
            if (!(value instanceof JsonObject one)) {
                throw wrongType(place, "an object");
            }
            bodies.add(new JsonBody(one, place + ".", List.of(known)));
        }
        return bodies;
    }

    /** The property's full name, for a message. */
    String path(String name) {
        return at + name;
    }

    private Optional<JsonValue> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> value != JsonValue.NULL);
    }

    private JsonArray array(String name, String expected) {
        return find(name).map(value -> {
            if (value instanceof JsonArray array) {
                return array;
            }
            throw wrongType(at + name, expected);
        }).orElse(JsonValue.EMPTY_JSON_ARRAY);
    }

    private static String text(String place, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw wrongType(place, "a text");
    }

    private static ProblemException wrongType(String place, String expected) {
        return ProblemException.badInput("Property \"" + place + "\" must be " + expected + ".");
    }
}
