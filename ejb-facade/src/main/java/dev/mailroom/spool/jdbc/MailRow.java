package dev.mailroom.spool.jdbc;

import dev.mailroom.MailData;
import dev.mailroom.spool.SpooledMail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Reads a row of {@code mailroom_mail}. */
final class MailRow {
    /** What {@link #read} needs, of {@code m}; besides {@code attempts} and {@code lease}. */
    static final String COLUMNS = "m.id, m.caller, m.message_id, m.envelope, m.size, m.eight_bit, m.doubts,"
            + " m.accepted_at, m.scheduled_at, m.expires_at";

    private MailRow() {
    }

    private static SpooledMail read(ResultSet row, MailData content, long now) throws SQLException {
        return new SpooledMail(row.getLong("id"), row.getString("caller"), row.getString("message_id"),
                EnvelopeText.read(row.getString("envelope")), content, row.getInt("attempts"), row.getInt("doubts"),
                Duration.ofMillis(now - since(row)), row.getString("lease"), left(row, now));
    }

    private static Optional<Duration> left(ResultSet row, long now) throws SQLException {
        long expires = row.getLong("expires_at");
        return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(expires - now));
    }

    /** A mail that was to be sent later has all its time then. */
    private static long since(ResultSet row) throws SQLException {
        long scheduled = row.getLong("scheduled_at");
        return row.wasNull() ? row.getLong("accepted_at") : scheduled;
    }

    /** With the content that was read along. */
    static SpooledMail readWithContent(ResultSet row, ContentTable contents, long now) throws SQLException {
        return read(row, contents.data(row.getLong("id"), row.getLong("size"), row.getBoolean("eight_bit"), row),
                now);
    }

    /** With the content to be read from the table. */
    static SpooledMail read(ResultSet row, ContentTable contents, long now) throws SQLException {
        return read(row, contents.data(row.getLong("id"), row.getLong("size"), row.getBoolean("eight_bit")), now);
    }
}
