package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeyTest {
    private static final String SECRET = "hush-hush-hush";

    @TempDir
    private Path folder;

    private String store(String... aliases) throws Exception {
        Path store = folder.resolve(String.join("-", aliases) + ".p12");
        for (String alias : aliases) {
            assertEquals(0, new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", "CN=x", "-keystore", store.toString(),
                    "-storepass", SECRET).redirectErrorStream(true)
                            .redirectOutput(folder.resolve("keytool.log").toFile()).start().waitFor());
        }
        return store.toString();
    }

    private static Optional<TlsKey> configured(String store, String password, String... arguments) {
        Map<String, String> properties = new HashMap<>();
        properties.put("javax.net.ssl.keyStore", store);
        properties.put("javax.net.ssl.keyStorePassword", password);
        return TlsKey.configured(arguments, properties::get);
    }

    private static void isOneSentence(String part, String store, String password, String... arguments) {
        IllegalStateException refused = assertThrows(IllegalStateException.class,
                () -> configured(store, password, arguments));
        String told = new StartFailure(List.of(refused)).explain();
        assertTrue(told.contains(part) && told.contains(store), told);
        assertFalse(told.contains("\tat ") || told.contains(password), told);
    }

    @Test
    void theOnlyKeyIsTheConsolesWhateverItsAlias() throws Exception {
        TlsKey key = configured(store("mine"), SECRET, "--sslport", "8443").orElseThrow();
        assertArrayEquals(new String[] {"--sslport", "8443", "--sslcert", "mine"},
                key.in(new String[] {"--sslport", "8443"}));
        assertEquals(Optional.empty(), TlsKey.configured(new String[0], name -> null));
    }

    @Test
    void ofSeveralTheAdministratorSaysWhich() throws Exception {
        String store = store("one", "other");
        String[] arguments = {"--sslCert", "other"};
        TlsKey key = configured(store, SECRET, arguments).orElseThrow();
        assertEquals("other", key.alias());
        assertArrayEquals(arguments, key.in(arguments));
        isOneSentence("--sslcert", store, SECRET);
        isOneSentence("no key third", store, SECRET, "--sslcert", "third");
    }

    @Test
    void aKeyStoreThatCannotBeReadIsOneSentence() throws Exception {
        isOneSentence("javax.net.ssl.keyStorePassword", store("mine"), "wrong-wrong-wrong");
        isOneSentence("nowhere.p12", folder.resolve("nowhere.p12").toString(), SECRET);
        isOneSentence("PKCS #12", text().toString(), SECRET);
    }

    private Path text() throws IOException {
        return Files.writeString(folder.resolve("text.p12"), "no key store");
    }
}
