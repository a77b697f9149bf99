package dev.mailroom.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import javax.security.sasl.SaslException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the RFCs, and servers that do not keep to them. */
class SaslExchangeTest {
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    private static ScramExchange sha256() {
        return new ScramExchange("SHA256", "user", "pencil", ChannelBinding.NONE, NONCE);
    }

    @Test
    void scramSha256IsThatOfRfc7677() throws SaslException {
        ScramExchange exchange = sha256();
        assertEquals("n,,n=user,r=" + NONCE, text(exchange.initialResponse().orElseThrow()));
        assertEquals("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", text(exchange.respond(octets(SERVER_FIRST))));
        assertFalse(exchange.serverProven());
        assertEquals("", text(exchange.respond(octets("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))));
        assertTrue(exchange.serverProven());
    }

    @Test
    void scramSha1IsThatOfRfc5802() throws SaslException {
        ScramExchange exchange =
                new ScramExchange("SHA1", "user", "pencil", ChannelBinding.NONE, "fyko+d2lbbFgONRv9qkxdawL");
        assertEquals("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                text(exchange.respond(octets("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,"
                        + "s=QSXCR+Q6sek8bf92,i=4096"))));
        exchange.respond(octets("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
        assertTrue(exchange.serverProven());
    }

    @Test
    void cramMd5IsThatOfRfc2195() throws SaslException {
        SaslExchange exchange = PasswordExchange.cramMd5("tim", "tanstaaftanstaaf");
        assertEquals("tim b913a602c7eda7a495b4e6e7334d3890",
                text(exchange.respond(octets("<1896.697170952@postoffice.reston.mci.net>"))));
        assertThrows(SaslException.class, () -> exchange.respond(octets("once more")));
    }

    @Test
    void oauthbearerIsThatOfRfc7628() {
        assertEquals("n,a=user@example.com,\1host=server.example.com\1port=587\1"
                + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1",
                text(BearerExchange.oauthbearer("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==",
                        "server.example.com", 587).initialResponse().orElseThrow()));
    }

    @Test
    void namesAndPasswordsAreWrittenAsScramWantsThem() throws SaslException {
        ScramExchange exchange = new ScramExchange("SHA256", "a,b=c", "x", ChannelBinding.NOT_OFFERED, NONCE);
        assertEquals("y,,n=a=2Cb=3Dc,r=" + NONCE, text(exchange.initialResponse().orElseThrow()));
        // RFC 4013, section 3: the sign for the Roman numeral IX is two letters, the soft hyphen is none.
        assertArrayEquals(new ScramExchange("SHA256", "IX", "IX", ChannelBinding.NONE, NONCE)
                .respond(octets(SERVER_FIRST)), new ScramExchange("SHA256", "I\u00adX", "\u2168", ChannelBinding.NONE,
                NONCE).respond(octets(SERVER_FIRST)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=" + NONCE + ",s=YQ==,i=4096",
        "r=" + NONCE + "x,s=YQ==,i=1", "r=" + NONCE + "x,s=YQ==,i=999999999", "r=" + NONCE + "x,s=YQ==,i=-5",
        "r=" + NONCE + "x,s=?,i=4096", "m=ext,r=" + NONCE + "x,s=YQ==,i=4096"})
    void aServerThatWouldLearnThePasswordOrKeepUsBusyGetsNothing(String serverFirst) {
        assertThrows(SaslException.class, () -> sha256().respond(octets(serverFirst)));
    }

    @Test
    void aServerThatDoesNotKnowThePasswordIsFoundOut() throws SaslException {
        ScramExchange exchange = sha256();
        exchange.respond(octets(SERVER_FIRST));
        assertThrows(SaslException.class, () -> exchange.respond(octets("v=AAAA")));
        assertFalse(exchange.serverProven());
    }
}
