package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContradictionsTest {
    @Test
    void moreKeptWarmThanAllowed() {
        assertEquals("mailroom.pool.min-idle = 5 exceeds mailroom.pool.max-connections = 4 (the default): "
                + "expected at most as many", Reading.problem("mailroom.pool.min-idle", "5"));
    }

    @Test
    void moreForOneSessionThanForAll() {
        assertEquals("mailroom.pool.max-connections = 101 exceeds mailroom.pool.max-total = 100 (the default): "
                + "expected at most as many", Reading.problem("mailroom.pool.max-connections", "101"));
    }

    @Test
    void aLowTotalAloneIsNoContradiction() {
        assertEquals(2, Reading.settings("mailroom.pool.max-total", "2").pool().maxTotal());
    }

    @Test
    void moreKeptWarmByAllSessionsThanTheTotal() {
        assertEquals("the named sessions want 6 connections kept warm (min-idle), which exceeds "
                + "mailroom.pool.max-total = 5: expected at most as many", Reading.problem(
                "mailroom.pool.max-total", "5", "mailroom.pool.min-idle", "3",
                "mailroom.session.a.server", "mail", "mailroom.session.b.server", "mail"));
    }

    @Test
    void aReplyTimeoutAboveTheCeiling() {
        assertEquals("mailroom.timeout.reply = 10m (the default) exceeds mailroom.timeout.reply-ceiling = 90s: "
                + "expected at most as long", Reading.problem("mailroom.timeout.reply-ceiling", "90s"));
    }

    @Test
    void stacksForLeaksThatNobodyLooksFor() {
        assertEquals("mailroom.pool.leak-stacks = on although mailroom.pool.leak-after = 0 (the default) switches leak "
                + "detection off: expected a time there", Reading.problem("mailroom.pool.leak-stacks", "on"));
    }

    @Test
    void aTrustStorePasswordWithoutATrustStore() {
        assertEquals("mailroom.security.trust-store-password is set without mailroom.security.trust-store: "
                + "expected the file that it opens", Reading.problem("mailroom.security.trust-store-password", "x"));
    }

    @Test
    void twoTrustStorePasswords(@TempDir Path folder) throws Exception {
        String file = Files.writeString(folder.resolve("file"), "changeit").toString();
        assertEquals("mailroom.security.trust-store-password and mailroom.security.trust-store-password-file are both "
                + "set: expected one of them", Reading.problem("mailroom.security.trust-store", file,
                "mailroom.security.trust-store-password", "x", "mailroom.security.trust-store-password-file", file));
    }
}
