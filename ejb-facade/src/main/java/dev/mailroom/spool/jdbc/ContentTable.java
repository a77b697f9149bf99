package dev.mailroom.spool.jdbc;

import dev.mailroom.MailData;
import dev.mailroom.spool.LostContentException;
import dev.mailroom.spool.SpoolCipher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;

/**
 * Contents in parts of at most 64 KiB, so that neither writing nor reading one needs more memory than that. An
 * encrypted part has a negative number, part 0 is number -1: both kinds are read whatever is configured now.
 */
final class ContentTable {
    static final int PART = 65_536;
    /** A content of up to that many octets is read together with the row of its mail. */
    static final int ALONG = 16_384;
    /** Octets that fit into an encrypted part. */
    private static final int LEAST = PART - SpoolCipher.OVERHEAD;

    /** Joins the content of {@code m} to it, unless it is large. */
    static final String FIRST_PART =
            " left join mailroom_content p on p.mail_id = m.id and p.part in (0, -1) and m.size <= " + ALONG;

    private final SpoolDatabase database;
    private final SpoolCipher cipher;
    private final boolean encrypting;

    /** @param encrypting whether what is written from now on is encrypted */
    ContentTable(SpoolDatabase database, SpoolCipher cipher, boolean encrypting) {
        this.database = database;
        this.cipher = cipher;
        this.encrypting = encrypting;
    }

    private static int sealed(int number) {
        return -1 - number;
    }

    /** A part that is copied to another place does not open. */
    private static String place(long id, int number) {
        return "content " + id + " " + number;
    }

    void write(Connection connection, long id, MailData data) throws SQLException {
        try (var out = new Parts(connection, id)) {
            data.writeTo(out);
        } catch (IOException e) {
            if (e.getCause() instanceof SQLException cause) {
                throw cause;
            }
            throw unreadable(e);
        }
    }

    /** Whether a content is stored in one part whose bytes do not depend on the mail's identifier. */
    boolean isOnePlainPart(MailData data) {
        return !encrypting && data.size() <= PART;
    }

    /** The octets of a content that {@link #isOnePlainPart}. */
    static byte[] bytes(MailData data) {
        var out = new ByteArrayOutputStream((int) data.size());
        try {
            data.writeTo(out);
        } catch (IOException e) {
            throw unreadable(e);
        }
        return out.toByteArray();
    }

    /** The caller's file is gone, for example; the database is not the cause. */
    private static IllegalArgumentException unreadable(IOException e) {
        return new IllegalArgumentException("the content of the mail cannot be read, so it was not accepted: "
                + e.getMessage(), e);
    }

    /** A content in memory. */
    static MailData loaded(byte[] bytes, boolean eightBit) {
        return new Loaded(bytes, eightBit);
    }

    /** A content that was read along with its mail, as {@link #FIRST_PART} asks for it. */
    MailData data(long id, long size, boolean eightBit, ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("bytes");
        if (bytes != null && row.getInt("part") < 0) {
            try {
                bytes = opened(bytes, id, 0);
            } catch (SQLException e) {
                // The error is reported when this mail is sent: the others of the batch are readable.
                bytes = null;
            }
        }
        return bytes != null && bytes.length == size ? new Loaded(bytes, eightBit) : data(id, size, eightBit);
    }

    /** A content that is read part by part while it is written. */
    MailData data(long id, long size, boolean eightBit) {
        return new Stored(id, size, eightBit);
    }

    static void delete(Connection connection, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from mailroom_content where mail_id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }

    private byte[] part(long id, int number) throws SQLException {
        return database.read(connection -> {
            try (var select = connection.prepareStatement(
                    "select bytes, part from mailroom_content where mail_id = ? and part in (?, ?)")) {
                select.setLong(1, id);
                select.setInt(2, number);
                select.setInt(3, sealed(number));
                try (var rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new SQLDataException("part " + number + " of the content of mail " + id + " is missing");
                    }
                    byte[] bytes = rows.getBytes("bytes");
                    return rows.getInt("part") == number ? bytes : opened(bytes, id, number);
                }
            }
        });
    }

    private byte[] opened(byte[] sealed, long id, int number) throws SQLException {
        if (!cipher.present()) {
            throw new SQLException("the content of mail " + id + " is encrypted and mailroom.spool.key is not set");
        }
        try {
            return cipher.open(sealed, place(id, number));
        } catch (GeneralSecurityException e) {
            throw new SQLException("the content of mail " + id + " was encrypted with another mailroom.spool.key", e);
        }
    }

    private record Loaded(byte[] bytes, boolean eightBit) implements MailData {
        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    private final class Stored implements MailData {
        private final long id;
        private final long size;
        private final boolean eightBit;

        Stored(long id, long size, boolean eightBit) {
            this.id = id;
            this.size = size;
            this.eightBit = eightBit;
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public boolean eightBit() {
            return eightBit;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            long written = 0;
            try {
                for (int number = 0; written < size; number++) {
                    byte[] bytes = part(id, number);
                    out.write(bytes);
                    written += bytes.length;
                }
            } catch (SQLDataException e) {
                throw new LostContentException(e.getMessage(), e);
            } catch (SQLException e) {
                throw new IOException("the content of mail " + id + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private final class Parts extends OutputStream {
        private final Connection connection;
        private final long id;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
        private final int most = encrypting ? LEAST : PART;
        private int number;

        Parts(Connection connection, long id) {
            this.connection = connection;
            this.id = id;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                int taken = Math.min(left, most - buffer.size());
                buffer.write(bytes, from, taken);
                from += taken;
                left -= taken;
                if (buffer.size() == most) {
                    insert();
                }
            }
        }

        @Override
        public void close() throws IOException {
            // An empty content has one empty part, so that reading it finds something.
            if (buffer.size() > 0 || number == 0) {
                insert();
            }
        }

        private void insert() throws IOException {
            try (var insert = connection.prepareStatement(
                    "insert into mailroom_content (mail_id, part, bytes) values (?, ?, ?)")) {
                insert.setLong(1, id);
                byte[] plain = buffer.toByteArray();
                insert.setInt(2, encrypting ? sealed(number) : number);
                insert.setBytes(3, encrypting ? cipher.seal(plain, place(id, number)) : plain);
                insert.executeUpdate();
                number++;
                buffer.reset();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
