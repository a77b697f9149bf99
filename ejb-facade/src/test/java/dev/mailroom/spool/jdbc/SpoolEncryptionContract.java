package dev.mailroom.spool.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.MailData;
import dev.mailroom.spool.NewMail;
import dev.mailroom.spool.Settlement;
import dev.mailroom.spool.SpoolCipher;
import dev.mailroom.spool.SpoolSettings;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every database must do for encrypted contents, with one server and with two. */
abstract class SpoolEncryptionContract extends SpoolMovesContract {
    private static final String SECRET = "what-nobody-else-may-read";
    private static final SpoolCipher OLD = SpoolCipher.ofKey(Base64.getEncoder().encodeToString(new byte[32]));
    private static final SpoolCipher NEW = SpoolCipher.ofKey("/".repeat(43) + "=");

    private SpoolStore encrypting(SpoolCipher cipher, String owner) throws SQLException {
        SpoolSettings usual = Spooling.SETTINGS;
        return store(new SpoolSettings(usual.dataSource(), usual.directory(), true, 0, 0, 100, 0, usual.inDoubt(),
                usual.retry(), usual.retention(), usual.drain(), true, cipher), owner);
    }

    private static byte[] content(int length) {
        return (SECRET + "x".repeat(length) + SECRET).getBytes(ISO_8859_1);
    }

    private static void accept(SpoolStore store, byte[] content) throws Exception {
        store.intake().accept(new NewMail(ANN, "app", "", Spooling.envelope("a@example.org"),
                MailData.of(content), ""));
    }

    private boolean isInTheDatabase(String text) throws SQLException {
        try (var connection = source.getConnection(); var statement = connection.createStatement();
                var rows = statement.executeQuery("select bytes from mailroom_content")) {
            var all = new ByteArrayOutputStream();
            while (rows.next()) {
                all.writeBytes(rows.getBytes("bytes"));
            }
            assertTrue(all.size() > 0);
            return all.toString(ISO_8859_1).contains(text);
        }
    }

    @Test
    void whatOneServerEncryptsAnotherWithTheSameKeySends() throws Exception {
        int[] lengths = {0, 10_000, ContentTable.PART, 3 * ContentTable.PART};
        for (int length : lengths) {
            accept(encrypting(OLD, "one"), content(length));
        }
        assertFalse(isInTheDatabase(SECRET));
        List<SpooledMail> mails = encrypting(OLD, "two").claims().claim(ANN, 9);
        assertEquals(lengths.length, mails.size());
        for (int mail = 0; mail < lengths.length; mail++) {
            assertArrayEquals(content(lengths[mail]), bytes(mails.get(mail).data()));
        }
    }

    @Test
    void afterTheKeyWasChangedNewMailsGoAndOldOnesAreReadAgainWithTheOldKey() throws Exception {
        accept(encrypting(OLD, "one"), content(1));
        SpoolStore changed = encrypting(NEW, "one");
        accept(changed, content(2));
        List<SpooledMail> mails = changed.claims().claim(ANN, 9);
        String message = assertThrows(IOException.class, () -> bytes(mails.get(0).data())).getMessage();
        assertTrue(message.contains("mailroom.spool.key"), message);
        assertArrayEquals(content(2), bytes(mails.get(1).data()));
        changed.claims().settle(mails.stream().map(Settlement::untouched).toList());
        SpoolStore before = encrypting(OLD, "two");
        assertArrayEquals(content(1), bytes(before.claims().claim(ANN, 1).get(0).data()));
    }
}
