package dev.mailroom.spool;

import java.sql.SQLException;

/** The spool's own time, which a clock that is set to another time does not change. Thread-safe. */
public interface SpoolTime {
    /**
     * Looks at the database's clock: goes on with it, or takes its jump out of the time of all servers. To be called
     * every few seconds, and before what is too old is looked for.
     */
    void follow() throws SQLException;
}
