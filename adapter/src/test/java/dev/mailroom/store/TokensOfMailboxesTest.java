package dev.mailroom.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.Secret;
import dev.mailroom.oauth.OauthSettings;
import dev.mailroom.oauth.OauthTokens;
import dev.mailroom.receiving.ReceivingSettings;
import dev.mailroom.testing.HandClock;
import dev.mailroom.testing.ScriptedMailbox;
import dev.mailroom.testing.StoreScript;
import dev.mailroom.testing.TokenServer;
import dev.mailroom.transport.SocketTransportFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mailboxes log in with tokens as sessions do. */
@Timeout(180)
class TokensOfMailboxesTest {
    private final SocketTransportFactory transports = Opened.transports();
    private final TokenServer tokens = new TokenServer();

    @AfterEach
    void end() {
        transports.close();
        tokens.close();
    }

    private ReceivingSettings settings(boolean pop3, ScriptedMailbox mailbox) {
        ReceivingSettings settings = Opened.settings(pop3, mailbox);
        return settings.withServer(settings.server().withSecret(OauthTokens.secret(new OauthSettings(tokens.url(), "id",
                Secret.password("s3cret"), Secret.none(), "", Duration.ofSeconds(60)), new HandClock())));
    }

    private static ScriptedMailbox mailbox(boolean pop3, String mechanism, int accepted) {
        ScriptedMailbox mailbox = ScriptedMailbox.of(pop3, "Subject: x\r\n\r\nx")
                .offering(pop3 ? "TOP UIDL SASL_" + mechanism : "IMAP4rev1 SASL-IR UIDPLUS AUTH=" + mechanism);
        return mailbox.on(pop3 ? "AUTH" : "AUTHENTICATE", StoreScript.bearer(mailbox, pop3,
                shown -> shown.contains("auth=Bearer access-" + accepted + "\1")));
    }

    /** What clients have shown, decoded. */
    private static List<String> shown(ScriptedMailbox mailbox, String mechanism) {
        return mailbox.lines().stream().filter(line -> line.contains("AUTH"))
                .map(line -> line.substring(line.indexOf(mechanism) + mechanism.length()).strip())
                .map(word -> new String(Base64.getDecoder().decode(word), ISO_8859_1)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XOAUTH2", "OAUTHBEARER"})
    void aMailboxIsOpenedWithATokenWhichIsRenewedOnceWhenItIsRefused(String mechanism) throws Exception {
        for (boolean pop3 : List.of(true, false)) {
            int before = tokens.requests().size();
            try (ScriptedMailbox first = mailbox(pop3, mechanism, before + 1);
                    ScriptedMailbox later = mailbox(pop3, mechanism, before + 2)) {
                ReceivingSettings settings = settings(pop3, first);
                Opened.open(transports, settings).close();
                assertTrue(shown(first, mechanism).get(0).contains("bob"));
                // The same tokens at a server that does not accept the first any more.
                Opened.open(transports, Opened.settings(pop3, later).withServer(Opened.settings(pop3, later).server()
                        .withSecret(settings.server().secret()))).close();
                assertEquals(2, shown(later, mechanism).size());
                assertEquals(before + 2, tokens.requests().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theReasonOfARefusalIsShown(boolean pop3) {
        try (ScriptedMailbox mailbox = mailbox(pop3, "XOAUTH2", 99)) {
            Failure failure = Opened.refusal(transports, settings(pop3, mailbox));
            assertEquals(Phase.AUTH, failure.phase());
            assertTrue(failure.message().contains("(it said: status=invalid_token)"), failure.message());
            assertFalse(failure.message().contains("access-1"), failure.message());
        }
    }
}
