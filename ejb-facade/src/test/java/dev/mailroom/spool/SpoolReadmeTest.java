package dev.mailroom.spool;

import dev.mailroom.testing.ConfigurationTable;
import dev.mailroom.testing.LogIds;
import org.junit.jupiter.api.Test;

class SpoolReadmeTest {
    @Test
    void theReadmeTableAndTheCodeNameTheSameKeysAndDefaults() throws Exception {
        ConfigurationTable.assertUpToDate("spool", ConfigurationTable.of(new SpoolKeys().keys()));
    }

    @Test
    void theReadmeExplainsTheLinesThatAreLogged() throws Exception {
        LogIds.assertExplained("MR05\\d\\d");
    }
}
