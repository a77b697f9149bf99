package dev.mailroom.spool;

import dev.mailroom.MailData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;

/** Contents in parts of at most 64 KiB, so that neither writing nor reading one needs more memory than that. */
final class ContentTable {
    static final int PART = 65_536;

    private final SpoolDatabase database;

    ContentTable(SpoolDatabase database) {
        this.database = database;
    }

    void write(Connection connection, long id, MailData data) throws SQLException {
        try (var out = new Parts(connection, id)) {
            data.writeTo(out);
        } catch (IOException e) {
            throw e.getCause() instanceof SQLException cause ? cause
                    : new SQLException("the mail's content could not be read: " + e.getMessage(), e);
        }
    }

    /** A small content at once, since it is needed at once; a large one part by part while it is written. */
    MailData read(SpooledMail mail) throws SQLException {
        return mail.size() <= PART ? MailData.of(part(mail.id(), 0)) : new Stored(mail);
    }

    static void delete(Connection connection, long id) throws SQLException {
        try (var delete = connection.prepareStatement("delete from mailroom_content where mail_id = ?")) {
            delete.setLong(1, id);
            delete.executeUpdate();
        }
    }

    private byte[] part(long id, int number) throws SQLException {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(
                    "select bytes from mailroom_content where mail_id = ? and part = ?")) {
                select.setLong(1, id);
                select.setInt(2, number);
                try (var rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new SQLException("part " + number + " of the content of mail " + id + " is missing");
                    }
                    return rows.getBytes(1);
                }
            }
        });
    }

    private final class Stored implements MailData {
        private final SpooledMail mail;

        Stored(SpooledMail mail) {
            this.mail = mail;
        }

        @Override
        public long size() {
            return mail.size();
        }

        @Override
        public boolean eightBit() {
            return mail.eightBit();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            long written = 0;
            try {
                for (int number = 0; written < mail.size(); number++) {
                    byte[] bytes = part(mail.id(), number);
                    out.write(bytes);
                    written += bytes.length;
                }
            } catch (SQLException e) {
                throw new IOException("the content of mail " + mail.id() + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static final class Parts extends OutputStream {
        private final Connection connection;
        private final long id;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
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
                int taken = Math.min(left, PART - buffer.size());
                buffer.write(bytes, from, taken);
                from += taken;
                left -= taken;
                if (buffer.size() == PART) {
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
                insert.setInt(2, number++);
                insert.setBytes(3, buffer.toByteArray());
                insert.executeUpdate();
                buffer.reset();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
