package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OriginFilterTest {
    private static final String HOST = "127.0.0.1:8080";

    @Test
    void programsThatSendNeitherHeaderAreLetThrough() {
        assertTrue(OriginFilter.isAllowed(null, null, HOST));
    }

    @Test
    void theConsolesOwnPageIsLetThrough() {
        assertTrue(OriginFilter.isAllowed("same-origin", "http://127.0.0.1:8080", HOST));
        assertTrue(OriginFilter.isAllowed(null, "http://127.0.0.1:8080", HOST));
        assertTrue(OriginFilter.isAllowed("none", null, HOST));
    }

    @Test
    void aProxyThatSpeaksTlsInFrontIsNoOtherSite() {
        assertTrue(OriginFilter.isAllowed("same-origin", "https://mail.example.org", "mail.example.org"));
    }

    @Test
    void otherSitesPagesAreRefused() {
        assertFalse(OriginFilter.isAllowed("cross-site", null, HOST));
        assertFalse(OriginFilter.isAllowed("same-site", null, HOST));
        assertFalse(OriginFilter.isAllowed(null, "http://evil.example", HOST));
        assertFalse(OriginFilter.isAllowed("same-origin", "http://evil.example", HOST));
        assertFalse(OriginFilter.isAllowed(null, "http://127.0.0.1:9090", HOST));
        assertFalse(OriginFilter.isAllowed(null, "http://127.0.0.1:8080.evil.example", HOST));
        assertFalse(OriginFilter.isAllowed(null, "null", HOST));
        assertFalse(OriginFilter.isAllowed(null, "::not a uri::", HOST));
        assertFalse(OriginFilter.isAllowed(null, "http://127.0.0.1:8080", null));
    }
}
