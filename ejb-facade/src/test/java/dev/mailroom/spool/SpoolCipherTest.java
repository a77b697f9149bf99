package dev.mailroom.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SpoolCipherTest {
    private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());
    private static final String OTHER = Base64.getEncoder().encodeToString(new byte[32]);

    private final SpoolCipher cipher = SpoolCipher.ofKey(KEY);

    @Test
    void whatIsSealedOpensOnlyWithTheSameKeyInTheSameRowUnchanged() throws Exception {
        byte[] plain = "secret".getBytes();
        byte[] sealed = cipher.seal(plain, "row");
        assertArrayEquals(plain, cipher.open(sealed, "row"));
        assertThrows(GeneralSecurityException.class, () -> cipher.open(sealed, "another row"));
        assertThrows(GeneralSecurityException.class, () -> SpoolCipher.ofKey(OTHER).open(sealed, "row"));
        assertThrows(GeneralSecurityException.class, () -> cipher.open(new byte[3], "row"));
        sealed[sealed.length - 1] ^= 1;
        assertThrows(GeneralSecurityException.class, () -> cipher.open(sealed, "row"));
    }

    @Test
    void sealingTwiceGivesDifferentValues() {
        assertFalse(Arrays.equals(cipher.seal(new byte[8], "row"), cipher.seal(new byte[8], "row")));
    }

    @Test
    void aBadKeyIsRefusedWithoutShowingIt() {
        for (String bad : new String[] {"not base64 hunter2!", "aHVudGVyMg=="}) {
            var refused = assertThrows(IllegalArgumentException.class, () -> SpoolCipher.ofKey(bad));
            assertFalse(refused.getMessage().contains("hunter2") || refused.getMessage().contains("aHVu"));
            assertTrue(refused.getMessage().contains("openssl rand -base64 32"), refused.getMessage());
        }
        assertFalse(cipher.toString().contains(KEY));
    }
}
