package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.it.application.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretFieldsTest {
    @Test
    void aPasswordIsFoundInALine() {
        assertEquals(List.of("user anna, password " + Secrets.of("anna")),
                Secrets.leaks("a line\nuser anna, password " + Secrets.of("anna") + "\nanother line"));
    }

    @Test
    void aPasswordIsFoundInBase64WhateverStandsAroundIt() {
        for (String before : List.of("", "\0u\0", "\0us\0", "\0use\0", "\0user\0")) {
            for (String owner : List.of("", "a", "an", "ann", "anna")) {
                byte[] credentials = (before + Secrets.of(owner)).getBytes(StandardCharsets.UTF_8);
                String line = "AUTH PLAIN " + Base64.getEncoder().encodeToString(credentials);
                assertEquals(List.of(line), Secrets.leaks(line));
            }
        }
    }

    @Test
    void aLineWithoutAPasswordIsNoLeak() {
        assertEquals(List.of(), Secrets.leaks("AUTH PLAIN ***\nhush\n"));
    }
}
