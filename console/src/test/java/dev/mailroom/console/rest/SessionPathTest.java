package dev.mailroom.console.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"CORP\\ann", "a/b", "..", ".", "a;b=c", "ann%2Fb", "~ann", "jörg x@y",
        "山田", "a?b#c", "a\tb"})
    void anyNameHasAPathThatEveryServerTakesAndIsFoundByIt(String name) {
        var byName = new SessionPath(name, "");
        assertTrue(byName.segment().matches("~[A-Za-z0-9_-]+"), byName.segment());
        assertEquals(byName, SessionPath.of(byName.segment()));
        var byId = new SessionPath(name, "0a1b-2c");
        assertTrue(byId.segment().matches("~[A-Za-z0-9_-]+\\.0a1b-2c"), byId.segment());
        assertEquals(byId, SessionPath.of(byId.segment()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "ann@example.org", "apikey", "ann.b+c_d-e", "0123"})
    void aPlainNameIsItsOwnPathAndHasAnIdAsWell(String name) {
        assertEquals(name, new SessionPath(name, "").segment());
        assertEquals(new SessionPath(name, ""), SessionPath.of(name));
        assertEquals(new SessionPath(name, "7"), SessionPath.of(new SessionPath(name, "7").segment()));
    }

    @Test
    void whatIsNoIdIsNotFound() {
        assertEquals(404, Documents.problemOf(() -> SessionPath.of("~!!")).status());
    }
}
