package dev.mailroom.spool;

import dev.mailroom.testing.ConfigurationTable;
import dev.mailroom.testing.Documentation;
import dev.mailroom.testing.LogIds;
import org.junit.jupiter.api.Test;

class SpoolDocumentationTest {
    @Test
    void theTableAndTheCodeNameTheSameKeysAndDefaults() {
        Documentation.assertUpToDate("spool", ConfigurationTable.of(new SpoolKeys().keys()));
    }

    @Test
    void theLogsTableExplainsTheLinesThatAreLogged() throws Exception {
        LogIds.assertExplained("MR0(?:5\\d|8[5-9])\\d");
    }
}
