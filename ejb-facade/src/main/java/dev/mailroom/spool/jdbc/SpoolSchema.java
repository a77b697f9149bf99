package dev.mailroom.spool.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Brings the tables up to date, step by step. */
final class SpoolSchema {
    /** Two servers that start together may collide at each object; one of them gets further each time. */
    private static final int ATTEMPTS = 10;

    private final SpoolDatabase database;
    private final List<String> steps;

    SpoolSchema(SpoolDatabase database) {
        this(database, SchemaSteps.of(database.dialect()));
    }

    SpoolSchema(SpoolDatabase database, List<String> steps) {
        this.database = database;
        this.steps = List.copyOf(steps);
    }

    /**
     * Brings the tables to the newest version.
     *
     * @throws SQLException also when a newer release has already changed them in a way this one does not know
     */
    void bringUpToDate() throws SQLException {
        SQLException first = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                // H2 adds a column by copying the table: two that do so at once lose one's column. All servers of an H2
                // database are in this process.
                synchronized (SpoolSchema.class) {
                    database.run(this::upgrade);
                }
                return;
            } catch (SQLException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private int upgrade(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists mailroom_schema (version integer primary key)");
            int version;
            try (var rows = statement.executeQuery("select coalesce(max(version), 0) from mailroom_schema")) {
                rows.next();
                version = rows.getInt(1);
            }
            if (version > steps.size()) {
                throw new SQLException("the spool's tables have version " + version + ", this release knows up to "
                        + steps.size() + "; use the newer release, or a DataSource of its own");
            }
            for (int next = version + 1; next <= steps.size(); next++) {
                for (String definition : steps.get(next - 1).split(";\\s*")) {
                    if (!definition.isBlank()) {
                        statement.execute(definition);
                    }
                }
                statement.executeUpdate("insert into mailroom_schema (version) values (" + next + ")");
            }
            return steps.size();
        }
    }
}
