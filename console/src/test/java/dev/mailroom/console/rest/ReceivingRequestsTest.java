package dev.mailroom.console.rest;

import static dev.mailroom.console.rest.Documents.document;
import static dev.mailroom.console.rest.Documents.problemOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.facade.EmailOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivingRequestsTest {
    private static final String NEEDED =
            "{\"username\":\"jane\",\"password\":\"hunter2\",\"server\":\"mail\",\"protocol\":\"%s\"%s}";

    @ParameterizedTest
    @CsvSource({
        "pop3, emailOptionDefault, 110, EMAIL_OPTION_DEFAULT",
        "imap, emailOptionDefault, 143, EMAIL_OPTION_DEFAULT",
        "POP3, emailOptionSecuredTLS, 110, EMAIL_OPTION_SECURED_TLS",
        "imap, emailProtocolSMTPS, 143, EMAIL_PROTOCOL_SMTPS",
        "pop3, optionSSL, 995, OPTION_SSL",
        "imap, optionSSL, 993, OPTION_SSL",
    })
    void thePortFollowsFromProtocolAndOption(String protocol, String option, int port, EmailOption known) {
        assertEquals(new ReceivingRequest("jane", "hunter2", "mail", port,
                MailProtocol.valueOf(protocol.toUpperCase(java.util.Locale.ROOT)), known),
                ReceivingRequest.from(document(NEEDED.formatted(protocol, ",\"option\":\"" + option + "\""))));
    }

    @Test
    void aPortThatIsGivenCounts() {
        assertEquals(3143, ReceivingRequest.from(document(NEEDED.formatted("imap", ",\"port\":3143"))).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password", "server", "protocol"})
    void whatIsMissingIsNamed(String property) {
        String without = NEEDED.formatted("pop3", "").replaceAll("\"" + property + "\":\"[^\"]*\",?", "")
                .replace(",}", "}");
        assertTrue(problemOf(() -> ReceivingRequest.from(document(without))).detail()
                .startsWith("Property \"" + property + "\""));
    }

    @Test
    void anUnknownProtocolIsAnsweredWithTheKnownOnes() {
        assertTrue(problemOf(() -> ReceivingRequest.from(document(NEEDED.formatted("smtp", "")))).detail()
                .contains("pop3, imap"));
    }

    @Test
    void thePasswordIsNeverShown() {
        assertFalse(ReceivingRequest.from(document(NEEDED.formatted("pop3", ""))).toString().contains("hunter2"));
    }

    @Test
    void aListHasItsUsualLimits() {
        assertEquals(new MailListing(1, 100), MailListing.of("", ""));
        assertEquals(new MailListing(7, 1_000), MailListing.of("7", "1000"));
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "x, ''", "2147483648, ''", "'', 0", "'', 1001", "'', -1"})
    void aListBeyondItsLimitsIsRefused(String from, String limit) {
        assertTrue(problemOf(() -> MailListing.of(from, limit)).detail().startsWith("Parameter \""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "invoice.pdf | attachment; filename=\"invoice.pdf\"",
        "../../etc/passwd | attachment; filename=\"passwd\"",
        "CON | attachment; filename=\"_CON\"",
        "a\"b;c.txt | attachment; filename=\"a_b_c.txt\"",
        "Größe 1.txt | attachment; filename=\"Gr__e 1.txt\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.txt",
    })
    void theNameOfAFileIsNoPathAndNoHeader(String wish, String disposition) {
        assertEquals(disposition, Downloads.disposition(wish));
        assertEquals("attachment; filename=\"attachment\"", Downloads.disposition("\r\n\0"));
    }
}
