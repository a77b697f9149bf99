package dev.mailroom.mime;

import org.junit.jupiter.api.Test;

/** The rest of the cases of {@link ReadBackTest}. */
final class ReadBackIT {
    private static final int DRAFTS = 10_000;

    @Test
    void buildingReadingAndBuildingYieldsTheSameMail() throws Exception {
        ReadBackTest.readBack(new RandomDrafts(1_000), DRAFTS);
    }
}
