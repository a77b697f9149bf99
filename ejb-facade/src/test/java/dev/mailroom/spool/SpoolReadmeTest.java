package dev.mailroom.spool;

import dev.mailroom.testing.ConfigurationTable;
import org.junit.jupiter.api.Test;

class SpoolReadmeTest {
    @Test
    void theReadmeTableAndTheCodeNameTheSameKeysAndDefaults() throws Exception {
        ConfigurationTable.assertUpToDate("spool", ConfigurationTable.of(new SpoolKeys().keys()));
    }
}
