package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RestAuditTrailTest {
    @Test
    void aLineSaysWhoFromWhereByWhichWayAndWhatAndStaysOne() {
        assertEquals("MR0701 admin from 10.0.0.1 by REST suspended session a\\u202eb c at h:25",
                RestAuditTrail.line("admin", "10.0.0.1", false, "suspended session a\u202eb\nc at h:25"));
        assertEquals("MR0701 admin from ::1 on the console's page emptied the development mailbox",
                RestAuditTrail.line("admin", "::1", true, "emptied the development mailbox"));
    }
}
