package dev.mailroom.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of folders on the wire (RFC 3501, section 5.1.3). */
final class FolderNameTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"Entw\u00fcrfe;Entw&APw-rfe", "A & B;A &- B", "plain;plain",
        "~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e;~peter/mail/&U,BTFw-/&ZeVnLIqe-"})
    void aNameIsEncodedAndReadBack(String name, String encoded) {
        assertEquals('"' + encoded + '"', FolderName.quoted(name));
        assertEquals(name, FolderName.decoded(encoded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "a&b", "&!!-", "&AAo-", "x&", "\u00e9t\u00e9"})
    void whatIsNoEncodingStaysAsItIs(String name) {
        assertEquals(name, FolderName.decoded(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\r\nm1 LOGOUT"})
    void noNameEndsItsString(String name) {
        String quoted = FolderName.quoted(name);
        assertEquals(-1, quoted.indexOf('\n'));
        assertEquals('"', quoted.replaceAll("\\\\.", "").charAt(quoted.replaceAll("\\\\.", "").length() - 1));
        assertEquals(2, quoted.replaceAll("\\\\.", "").chars().filter(c -> c == '"').count());
    }
}
