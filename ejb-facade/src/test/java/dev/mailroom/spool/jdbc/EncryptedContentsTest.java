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
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.SpoolStore;
import dev.mailroom.spool.SpooledMail;
import dev.mailroom.spool.Spooling;
import dev.mailroom.spool.embedded.EmbeddedDataSource;
import dev.mailroom.spool.embedded.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedContentsTest {
    private static final String SECRET = "what-nobody-else-may-read";
    private static final SpoolCipher KEY = SpoolCipher.ofKey(Base64.getEncoder().encodeToString(new byte[32]));

    @TempDir
    private Path directory;
    private EmbeddedDataSource database;

    @BeforeEach
    void open() throws Exception {
        database = EmbeddedDatabase.open(directory);
        store(false, SpoolCipher.none()).queues().open(SpoolStoreContract.ANN, new byte[0]);
    }

    private SpoolStore store(boolean encrypting, SpoolCipher cipher) throws SQLException {
        SpoolSettings usual = Spooling.SETTINGS;
        return JdbcSpool.open(SpoolDatabase.local(database), new SpoolSettings(usual.dataSource(),
                usual.directory(), true, 0, 0, 100, 0, usual.inDoubt(), usual.retry(), usual.retention(), usual.drain(),
                encrypting, cipher), "one");
    }

    private static byte[] content(int length) {
        return (SECRET + "x".repeat(length) + SECRET).getBytes(ISO_8859_1);
    }

    private static void accept(SpoolStore store, byte[] content) throws Exception {
        store.intake().accept(new NewMail(SpoolStoreContract.ANN, "app", "", Spooling.envelope("a@example.org"),
                MailData.of(content), ""));
    }

    /** What a store reads of the next mail, which is then claimed no longer. */
    private static byte[] read(SpoolStore store) throws Exception {
        SpooledMail mail = store.claims().claim(SpoolStoreContract.ANN, 1).get(0);
        var out = new ByteArrayOutputStream();
        try {
            mail.data().writeTo(out);
        } finally {
            store.claims().settle(List.of(Settlement.untouched(mail)));
        }
        return out.toByteArray();
    }

    private boolean isOnTheDisk(String text) throws SQLException, IOException {
        try (var connection = database.getConnection(); var statement = connection.createStatement()) {
            statement.execute("shutdown");
        }
        return Files.readString(EmbeddedDatabase.file(directory), ISO_8859_1).contains(text);
    }

    @Test
    void anEncryptedContentComesBackAndCannotBeReadOnTheDisk() throws Exception {
        SpoolStore store = store(true, KEY);
        for (int length : new int[] {0, ContentTable.PART - 2 * SECRET.length(), ContentTable.PART * 2}) {
            byte[] content = content(length);
            accept(store, content);
            assertArrayEquals(content, read(store));
            long id = store.archive().list(SpoolState.PENDING, 0, 1).get(0).id().number();
            assertTrue(store.archive().delete(id));
        }
        assertFalse(isOnTheDisk(SECRET));
    }

    @Test
    void withoutItContentsLieInClear() throws Exception {
        accept(store(false, KEY), content(0));
        assertTrue(isOnTheDisk(SECRET));
    }

    @Test
    void whatWasStoredBeforeTheSwitchIsReadAfterIt() throws Exception {
        accept(store(false, KEY), content(0));
        accept(store(true, KEY), content(1));
        for (boolean encrypting : new boolean[] {true, false}) {
            List<SpooledMail> mails = store(encrypting, KEY).claims().claim(SpoolStoreContract.ANN, 2);
            for (int mail = 0; mail < 2; mail++) {
                var out = new ByteArrayOutputStream();
                mails.get(mail).data().writeTo(out);
                assertArrayEquals(content(mail), out.toByteArray());
            }
            store(false, KEY).claims().settle(mails.stream().map(Settlement::untouched).toList());
        }
    }

    @Test
    void withoutItsKeyAnEncryptedContentIsAnErrorThatNamesTheKey() throws Exception {
        accept(store(true, KEY), content(1));
        for (SpoolCipher wrong : new SpoolCipher[] {SpoolCipher.none(), SpoolCipher.ofKey("/".repeat(43) + "=")}) {
            String message = assertThrows(IOException.class, () -> read(store(true, wrong))).getMessage();
            assertTrue(message.contains("mailroom.spool.key"), message);
        }
    }

    @Test
    void aContentThatCannotBeOpenedDoesNotHoldUpTheOthersOfItsBatch() throws Exception {
        accept(store(true, KEY), content(1));
        accept(store(false, KEY), content(2));
        List<SpooledMail> mails = store(false, SpoolCipher.none()).claims().claim(SpoolStoreContract.ANN, 2);
        var out = new ByteArrayOutputStream();
        mails.get(1).data().writeTo(out);
        assertArrayEquals(content(2), out.toByteArray());
    }

    @Test
    void theDatabaseIsPrivateWhateverItsDirectoryIs() throws Exception {
        Path open = Files.createDirectory(directory.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        EmbeddedDatabase.open(open).getConnection().close();
        assertEquals("rw-------", PosixFilePermissions.toString(
                Files.getPosixFilePermissions(EmbeddedDatabase.file(open))));
        assertTrue(EmbeddedDatabase.isOpenToOthers(open));
        assertFalse(EmbeddedDatabase.isOpenToOthers(directory.resolve("made by us")));
    }
}
