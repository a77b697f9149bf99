package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "smtp.example.org", "10.0.0.1", "::1", "2001:db8::25", "fe80::1%eth0"})
    void aServerIsANameOrAnAddress(String host) {
        assertEquals(host, Reading.session(MapConfig.of("mailroom.session.a.server", host)).settings().host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp.example.org:587", "smtp://example.org", "user@example.org", "two words", "[::1]",
        "*.example.org"})
    void aServerIsNothingElse(String host) {
        assertTrue(Reading.problem("mailroom.session.a.server", host)
                .endsWith("expected a DNS name or an IP address and nothing else (the port is a key of its own)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "*.example.org", "mail.example.org:587", "*:465", "mail*:*", "10.0.*", "::1",
        "[::1]:25", "2001:db8::*", "[2001:db8::*]:25*"})
    void anAllowedHostIsAPatternWithOrWithoutAPort(String pattern) {
        assertEquals(List.of(pattern),
                Reading.settings("mailroom.security.allowed-hosts", pattern).security().allowedHosts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,,b", "smtp://mail", "mail:0", "mail:65536", "mail:smtp", "a b", "[::1]", "me@mail", ","})
    void anAllowedHostThatCouldNeverMatchIsRefused(String patterns) {
        assertTrue(Reading.problem("mailroom.security.allowed-hosts", patterns).contains(": expected"));
    }
}
