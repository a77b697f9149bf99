package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListenAddressTest {
    @Test
    void loopbackUnlessSomebodySaysOtherwise() {
        assertEquals("127.0.0.1", ListenAddress.configured(Optional.empty(), Optional.empty()).text());
        assertEquals("127.0.0.1", ListenAddress.configured(Optional.empty(), Optional.of(" ")).text());
        assertEquals("10.0.0.1", ListenAddress.configured(Optional.empty(), Optional.of("10.0.0.1")).text());
        assertEquals("10.0.0.2", ListenAddress.configured(Optional.of("10.0.0.2"), Optional.of("10.0.0.1")).text());
    }

    @Test
    void aPersonOnThisMachineGetsAnAddressThatAnswers() {
        assertEquals("127.0.0.1", new ListenAddress("0.0.0.0").host());
        assertEquals("127.0.0.1", new ListenAddress("::").host());
        assertEquals("[fe80::1]", new ListenAddress("fe80::1").host());
        assertEquals("mail.example.org", new ListenAddress("mail.example.org").host());
    }
}
