package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final Map<String, String> OWN_KEY = Map.of("javax.net.ssl.keyStore", "key.p12");

    private static Exposure at(String address, Map<String, String> properties, String... arguments) {
        return Exposure.configured(new ListenAddress(address), arguments, properties::get, name -> null);
    }

    @Test
    void loopbackOnPlainHttpIsNoReasonToSayAnything() {
        for (String local : List.of("127.0.0.1", "::1", "localhost")) {
            Exposure exposure = at(local, Map.of());
            assertEquals(Optional.empty(), exposure.refusal());
            assertEquals(List.of(), exposure.warnings());
            assertEquals(local, exposure.plainAddress());
        }
    }

    @Test
    void aNetworkOnPlainHttpIsRefusedUnlessItIsAskedForAndThenWarnedOf() {
        String refusal = at("0.0.0.0", Map.of()).refusal().orElseThrow();
        assertTrue(refusal.contains("mailroom.console.address=0.0.0.0"), refusal);
        assertTrue(refusal.contains("mailroom.console.allow-insecure=on"), refusal);
        Exposure asked = at("0.0.0.0", Map.of("mailroom.console.allow-insecure", "on"));
        assertEquals(Optional.empty(), asked.refusal());
        assertTrue(asked.warnings().get(0).startsWith("MR0601 "), asked.warnings().toString());
        assertEquals("0.0.0.0", asked.plainAddress());
        assertFalse(Exposure.configured(new ListenAddress("0.0.0.0"), new String[0], name -> null,
                Map.of("MAILROOM_CONSOLE_ALLOW_INSECURE", "on")::get).refusal().isPresent());
    }

    @Test
    void theKeyThatEverybodyHasIsWarnedOfAtHomeAndRefusedOnANetwork() {
        Exposure home = at("127.0.0.1", Map.of(), "--port", "8080", "--sslPort", "8443");
        assertEquals(Optional.empty(), home.refusal());
        assertTrue(home.warnings().get(0).startsWith("MR0602 "), home.warnings().toString());
        assertTrue(at("0.0.0.0", Map.of(), "--sslport", "8443").refusal().orElseThrow().contains("keyStore"));
        assertTrue(at("0.0.0.0", Map.of("payaramicro.sslPort", "8443")).refusal().isPresent());
        assertTrue(at("0.0.0.0", OWN_KEY).withTls(true).refusal().isEmpty());
        assertTrue(at("0.0.0.0", Map.of()).withTls(true).refusal().isPresent());
    }

    @Test
    void withAnOwnKeyTheNetworkGetsTlsAndPlainHttpStaysAtHome() {
        Exposure exposure = at("0.0.0.0", OWN_KEY, "--sslport", "8443");
        assertEquals(Optional.empty(), exposure.refusal());
        assertEquals(List.of(), exposure.warnings());
        assertEquals("127.0.0.1", exposure.plainAddress());
    }
}
