package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.document;
import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.console.problem.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonBodyTest {
    private static JsonBody body(String json) {
        return JsonBody.of(document(json), "text", "number", "flag", "texts", "objects");
    }

    @Test
    void anUnknownPropertyIsNamedWithTheKnownOnes() {
        Problem problem = problemOf(() -> body("{\"txet\":\"hunter2\"}"));
        assertEquals(400, problem.status());
        assertEquals("Unknown property \"txet\". Known: text, number, flag, texts, objects.", problem.detail());
    }

    @Test
    void anUnknownPropertyOfANestedObjectIsNamedWithItsPlace() {
        Problem problem = problemOf(() -> body("{\"objects\":[{\"a\":1},{\"b\":1}]}").objects("objects", "a"));
        assertEquals("Unknown property \"objects[1].b\". Known: a.", problem.detail());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{\"text\":17};             text;    a text",
        "{\"text\":[]};             text;    a text",
        "{\"number\":\"17\"};       number;  a whole number",
        "{\"number\":1.5};          number;  a whole number",
        "{\"number\":99999999999};  number;  a whole number",
        "{\"flag\":\"true\"};       flag;    true or false",
        "{\"flag\":1};              flag;    true or false",
        "{\"texts\":\"one\"};       texts;   a list of texts",
        "{\"texts\":[\"one\",2]};   texts[1];a text",
        "{\"objects\":{}};          objects; a list of objects",
        "{\"objects\":[\"one\"]};   objects[0]; an object",
    })
    void aWrongTypeIsBadInputNamingPropertyAndExpectation(String json, String place, String expected) {
        Problem problem = problemOf(() -> {
            JsonBody body = body(json);
            body.text("text");
            body.number("number", 0);
            body.flag("flag");
            body.texts("texts");
            body.objects("objects");
        });
        assertEquals(400, problem.status());
        assertEquals("Property \"" + place + "\" must be " + expected + ".", problem.detail());
    }

    @Test
    void valuesAreNeverRepeated() {
        assertFalse(problemOf(() -> body("{\"text\":12345678}").text("text")).detail().contains("12345678"));
    }

    @Test
    void nullCountsAsAbsent() {
        JsonBody body = body("{\"text\":null,\"number\":null,\"flag\":null,\"texts\":null,\"objects\":null}");
        assertEquals("", body.text("text"));
        assertEquals(25, body.number("number", 25));
        assertFalse(body.flag("flag"));
        assertEquals(List.of(), body.texts("texts"));
        assertEquals(List.of(), body.objects("objects"));
    }

    @Test
    void valuesAreReadAsTheyAre() {
        JsonBody body = body("{\"text\":\" Grüße \",\"number\":-3,\"flag\":true,\"texts\":[\"a\",\"\"]}");
        assertEquals(" Grüße ", body.text("text"));
        assertEquals(-3, body.number("number", 25));
        assertTrue(body.flag("flag"));
        assertEquals(List.of("a", ""), body.texts("texts"));
    }

    @Test
    void aMissingOrBlankPropertyThatIsNeededIsNamed() {
        assertEquals("Property \"text\" is missing or blank: a text is needed.",
                problemOf(() -> body("{}").requiredText("text")).detail());
        assertEquals(400, problemOf(() -> body("{\"text\":\" \"}").requiredText("text")).status());
    }
}
