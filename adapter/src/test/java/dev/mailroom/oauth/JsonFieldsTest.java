package dev.mailroom.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    @Test
    void fieldsAreReadAndWhatIsNestedIsPassedOver() {
        assertEquals(Map.of("a", "one \"two\" \\ / \n \u00e9 \ud83d\ude00", "b", "3600", "c", "-1.5e3", "d",
                        "true", "g", "x"),
                JsonFields.of(" { \"a\" : \"one \\\"two\\\" \\\\ \\/ \\n \\u00e9 \\ud83d\\ude00\", \"b\":3600,\r\n"
                        + "\"c\":-1.5e3,"
                        + "\"d\":true,\"e\":null,\"f\":{\"a\":[1,{\"b\":\"}\"},[]]},\"g\":\"x\"} "));
        assertEquals(Map.of(), JsonFields.of("{}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "[]", "\"a\"", "<html>", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":\"",
        "{\"a\":\"\\u00\"}", "{\"a\":\"\\uxyzw\"}", "{\"a\":1} x", "{a:1}"})
    void whatIsNoJsonObjectHasNoFields(String text) {
        assertEquals(Map.of(), JsonFields.of(text));
    }

    @Test
    void depthAndGarbageEndInNothing() {
        assertEquals(Map.of(), JsonFields.of("{\"a\":" + "[".repeat(100_000)));
        assertEquals(Map.of(), JsonFields.of("{\"a\":" + "{\"a\":".repeat(100_000)));
        Random random = new Random(7);
        String alphabet = "{}[]\",:\\u0019eE+-. \n\u00e9tfn";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("{");
            random.ints(random.nextInt(20), 0, alphabet.length()).forEach(at -> text.append(alphabet.charAt(at)));
            JsonFields.of(text.toString());
        }
    }

    @Test
    void whatIsNoTextIsNotAmongTheTexts() {
        assertEquals(Map.of("a", "true", "b", "x"), JsonFields.texts("{\"a\":\"true\",\"b\":false,\"b\":\"x\","
                + "\"c\":\"x\",\"c\":1,\"d\":true,\"e\":{\"f\":\"x\"},\"g\":null}"));
    }
}
