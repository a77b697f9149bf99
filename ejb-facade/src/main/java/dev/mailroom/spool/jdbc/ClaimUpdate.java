package dev.mailroom.spool.jdbc;

import dev.mailroom.spool.SpooledMail;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * One change of many claimed mails, each with values of its own: a statement for all of them where the database can,
 * else a batch. A mail is found by its identifier and its claim, and by nothing else: a condition on its state could
 * make a database with outdated statistics read an index of states instead.
 *
 * @param <T> what holds the values
 */
final class ClaimUpdate<T> {
    /** A value: its type in SQL, and where it comes from. */
    record ColumnValue<T>(String type, Function<T, Object> of) {
    }

    private final Function<T, SpooledMail> mail;
    private final List<ColumnValue<T>> values = new ArrayList<>();
    private final String batched;
    private final String inSets;

    /**
     * @param changes assignments to columns of {@code m}, each value as a question mark
     * @param condition begins with "and"; empty = none
     */
    ClaimUpdate(String changes, String condition, Function<T, SpooledMail> mail, List<ColumnValue<T>> changed) {
        this.mail = mail;
        values.addAll(changed);
        batched = "update mailroom_mail m set " + changes + " where m.id = ? and m.lease = ? " + condition;
        values.add(new ColumnValue<>("bigint", one -> mail.apply(one).id()));
        values.add(new ColumnValue<>("varchar", one -> mail.apply(one).lease()));
        String named = changes;
        StringBuilder columns = new StringBuilder("c1");
        StringBuilder arrays = new StringBuilder("?");
        for (int column = 1; column < values.size(); column++) {
            columns.append(", c").append(column + 1);
            arrays.append(", ?");
        }
        for (int column = 1; column <= changed.size(); column++) {
            named = named.replaceFirst("\\?", "v.c" + column);
        }
        inSets = "update mailroom_mail m set " + named + " from unnest(" + arrays + ") as v (" + columns + ")"
                + " where m.id = v.c" + (values.size() - 1) + " and m.lease = v.c" + values.size() + " " + condition
                + " returning m.id";
    }

    /** The statement that a database gets. */
    String sql(Dialect dialect) {
        return dialect.sets() ? inSets : batched;
    }

    /** @return those that were changed: the claim of the others is not the last one any more */
    List<T> run(Connection connection, Dialect dialect, List<T> all) throws SQLException {
        if (all.isEmpty()) {
            return List.of();
        }
        return dialect.sets() ? runInSets(connection, all) : runBatched(connection, all);
    }

    private List<T> runBatched(Connection connection, List<T> all) throws SQLException {
        try (var update = connection.prepareStatement(batched)) {
            for (T one : all) {
                for (int column = 0; column < values.size(); column++) {
                    update.setObject(column + 1, values.get(column).of().apply(one));
                }
                update.addBatch();
            }
            int[] counts = update.executeBatch();
            List<T> changed = new ArrayList<>();
            for (int index = 0; index < counts.length; index++) {
                if (counts[index] == 1) {
                    changed.add(all.get(index));
                }
            }
            return changed;
        }
    }

    private List<T> runInSets(Connection connection, List<T> all) throws SQLException {
        try (var update = connection.prepareStatement(inSets)) {
            for (int column = 0; column < values.size(); column++) {
                ColumnValue<T> value = values.get(column);
                update.setArray(column + 1,
                        connection.createArrayOf(value.type(), all.stream().map(value.of()).toArray()));
            }
            var ids = new HashSet<Long>();
            try (var rows = update.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong("id"));
                }
            }
            return all.stream().filter(one -> ids.remove(mail.apply(one).id())).toList();
        }
    }
}
