package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequiredLibraryTest {
    @Test
    void aServerThatHidesAngusIsToldWhatToAdd() {
        String missing = RequiredLibrary.missing(ClassLoader.getPlatformClassLoader()).orElseThrow();
        assertTrue(missing.contains("org.eclipse.angus:angus-mail"), missing);
    }

    @Test
    void nothingIsMissingWhereAngusIs() {
        assertEquals(Optional.empty(), RequiredLibrary.missing(getClass().getClassLoader()));
    }
}
