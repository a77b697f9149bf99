package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.Phase;
import dev.mailroom.SmtpReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerLimitsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            421 | 4.7.0 mx.example.org Error: too many connections from 192.0.2.1 | true
            421 | too many concurrent SMTP connections; please try again later    | true
            421 | 4.3.2 Service shutting down                                     | false
            432 | 4.3.2 Concurrent connections limit exceeded                     | true
            454 | Throttling failure: Maximum sending rate exceeded.              | true
            454 | 4.7.0 Temporary authentication failure                          | true
            454 | 4.3.0 Try again later                                           | false
            451 | 4.7.1 Greylisted, come back in five minutes                     | false
            535 | 5.7.8 too many connections                                      | false
            """)
    void aServerThatWantsFewerConnectionsIsRecognised(int code, String text, boolean fewer) {
        assertEquals(fewer, ServerLimits.tooManyConnections(
                FakeTransports.failure(Phase.GREETING, SmtpReply.of(code, text), false)));
    }
}
