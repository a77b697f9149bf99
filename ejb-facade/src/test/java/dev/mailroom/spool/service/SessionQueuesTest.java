package dev.mailroom.spool.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Caller;
import dev.mailroom.DialogueSettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.Spooling;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionQueuesTest {
    private static final Caller ANN = new Caller("ann");
    private static final SmtpSettings ACCOUNT =
            SmtpSettings.of("apikey", "smtp.example.org", 587).withSecret(Secret.password("key a"));

    private final SessionQueues queues = new SessionQueues();

    private static SmtpSession session(SmtpSettings settings, boolean named) {
        return Spooling.faked(SmtpSession.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "name" -> settings.user();
            case "settings" -> settings;
            case "named" -> named;
            default -> throw new AssertionError(method.getName());
        });
    }

    private String key(SmtpSettings settings) {
        return queues.of(ANN, session(settings, false)).key();
    }

    @Test
    void everyAccountUnderOneNameHasAQueueOfItsOwn() {
        Set<String> keys = new HashSet<>();
        for (SmtpSettings account : List.of(ACCOUNT, ACCOUNT.withSecret(Secret.password("key b")),
                ACCOUNT.withSecret(Secret.none()), ACCOUNT.withSecret(Secret.accessToken("key a")),
                ACCOUNT.withTls(TlsMode.STARTTLS),
                SmtpSettings.of("apikey", "smtp.example.org", 25).withSecret(ACCOUNT.secret()),
                SmtpSettings.of("apikey", "smtp.example.net", 587).withSecret(ACCOUNT.secret()))) {
            keys.add(key(account));
        }
        assertEquals(7, keys.size(), keys::toString);
        assertNotEquals(key(ACCOUNT), queues.of(Caller.ANONYMOUS, session(ACCOUNT, false)).key());
    }

    private SpoolQueue queue(Caller owner, SmtpSettings settings) {
        return queues.of(owner, session(settings, false));
    }

    @Test
    void onlyThePasswordOrTokenMayDifferWhereALoginIsTheSame() {
        SpoolQueue queue = queue(ANN, ACCOUNT);
        SpoolQueue none = queue(ANN, ACCOUNT.withSecret(Secret.none()));
        for (SpoolQueue other : List.of(queue(ANN, ACCOUNT.withSecret(Secret.password("key b"))),
                queue(ANN, ACCOUNT.withSecret(Secret.accessToken("t"))))) {
            assertTrue(queue.mayFollow(other), other::key);
            assertTrue(other.mayFollow(queue), other::key);
            assertTrue(other.mayFollow(none), "the server wants a login now");
            assertFalse(none.mayFollow(other), "a login is not given up");
        }
        for (SpoolQueue other : List.of(queue, queue(ANN, ACCOUNT.withTls(TlsMode.STARTTLS)),
                queue(Caller.ANONYMOUS, ACCOUNT),
                queue(ANN, SmtpSettings.of("apikey", "smtp.example.net", 587).withSecret(ACCOUNT.secret())),
                queue(ANN, SmtpSettings.of("other", "smtp.example.org", 587).withSecret(ACCOUNT.secret())),
                SpoolQueue.of("ann", "apikey"), SpoolQueue.named("apikey"))) {
            assertFalse(queue.mayFollow(other), other::key);
        }
    }

    @Test
    void anAccountHasTheSameQueueAfterARestartAndOnEveryServer() {
        assertEquals(key(ACCOUNT), new SessionQueues().of(ANN, session(ACCOUNT, false)).key());
    }

    @Test
    void whatTheAdministratorOrTheHourChangesLeavesTheQueue() {
        SmtpSettings token = ACCOUNT.withSecret(Secret.accessToken("of ten o'clock"));
        assertEquals(key(token), key(token.withSecret(Secret.accessToken("of eleven"))));
        assertEquals(key(ACCOUNT), key(ACCOUNT.withTrust(TrustMode.OWN)
                .withDialogue(new DialogueSettings(false, false, false))));
        assertEquals(key(ACCOUNT), key(SmtpSettings.of("apikey", "SMTP.Example.org", 587)
                .withSecret(ACCOUNT.secret())));
    }

    @Test
    void theQueueTellsWhoseItIsAndNothingOfThePassword() {
        SpoolQueue queue = queues.of(ANN, session(ACCOUNT, false));
        assertEquals(queue, SpoolQueue.ofKey(queue.key()));
        assertEquals(List.of("ann", "apikey"), List.of(queue.caller(), queue.session()));
        assertFalse(queue.key().contains("key a"));
        assertEquals(6, queue.key().split(":")[1].split("-")[1].length(), "three octets of a slow hash");
    }

    @Test
    void anAdministratorsSessionHasOneQueueWhateverItsSettings() {
        assertEquals(SpoolQueue.named("apikey"), queues.of(ANN, session(ACCOUNT, true)));
    }
}
