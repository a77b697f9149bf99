package dev.mailroom.spool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, as a list of steps from one version to the next. Each step may be run again after it was interrupted,
 * since not every database rolls definitions back.
 */
final class SpoolSchema {
    private static final String FIRST = """
            create table if not exists mailroom_queue (
                queue_key varchar(600) primary key,
                caller varchar(255) not null,
                session_name varchar(255) not null,
                named boolean not null,
                parked boolean not null,
                failures integer not null,
                wait_until bigint not null,
                error varchar(4000) not null,
                sealed ${bytes} not null);
            create table if not exists mailroom_mail (
                id bigint generated always as identity primary key,
                queue_key varchar(600) not null,
                owner varchar(255) not null,
                idempotency_key varchar(255),
                message_id varchar(998) not null,
                state varchar(8) not null
                    check (state in ('PENDING', 'SENDING', 'SENT', 'FAILED', 'IN_DOUBT')),
                due_at bigint not null,
                keep_until bigint not null,
                accepted_at bigint not null,
                attempts integer not null,
                lease_owner varchar(64) not null,
                envelope varchar not null,
                size bigint not null,
                eight_bit boolean not null,
                reply varchar(4000) not null,
                error varchar(4000) not null,
                unique (owner, idempotency_key));
            create index if not exists mailroom_mail_due on mailroom_mail (state, queue_key, due_at, id, size);
            create index if not exists mailroom_mail_keep on mailroom_mail (state, keep_until);
            create table if not exists mailroom_content (
                mail_id bigint not null,
                part integer not null,
                bytes ${bytes} not null,
                primary key (mail_id, part));
            create table if not exists mailroom_recipient (
                mail_id bigint not null,
                address varchar(512) not null,
                state varchar(8) not null,
                reply varchar(4000) not null,
                primary key (mail_id, address));
            """;

    private final SpoolDatabase database;
    private final List<String> steps;

    SpoolSchema(SpoolDatabase database) {
        this(database, List.of(FIRST));
    }

    SpoolSchema(SpoolDatabase database, List<String> steps) {
        this.database = database;
        this.steps = List.copyOf(steps);
    }

    static List<String> steps() {
        return List.of(FIRST);
    }

    /**
     * Brings the tables to the newest version.
     *
     * @throws SQLException also when a newer release has already changed them in a way this one does not know
     */
    void bringUpToDate() throws SQLException {
        SQLException first = null;
        // Two servers that start together may collide; the loser looks again and finds the work done.
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                database.run(this::upgrade);
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
                        statement.execute(definition.replace("${bytes}", database.dialect().bytesType()));
                    }
                }
                statement.executeUpdate("insert into mailroom_schema (version) values (" + next + ")");
            }
            return steps.size();
        }
    }
}
