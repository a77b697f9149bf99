package dev.mailroom.spool.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailroom.Caller;
import dev.mailroom.Identity;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.SpoolQueue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Which queue the mails of a session wait in: that of its owner, name and account, so that nobody's mails leave over
 * another account that somebody opens under the same name. An account is a login at a server, protected in one way; it
 * must be known again after a restart, and by other servers with the same database.
 *
 * <p>Where everybody logs in under one name the password is the account. Nothing of it may be read from the database: a
 * slow hash stands for it, of which only three octets are kept. They tell a few passwords of one login apart, and
 * hardly help to guess one. Access tokens change by the hour and are no account. Trust, timeouts and dialogue are the
 * administrator's and may change as well.
 */
final class SessionQueues {
    private static final int ROUNDS = 100_000;
    private static final int KEPT_BITS = 24;
    private static final int ACCOUNT_OCTETS = 8;
    /** Too short for a hash. */
    private static final String TOKEN = "0";
    private static final int MOST_REMEMBERED = 10_000;

    /** Holds no secret: what is remembered outlives the session. */
    private record SessionAccount(Caller owner, String name, Identity identity) {
        byte[] account() {
            return sha256(String.join("\n", identity.user(), identity.host(), String.valueOf(identity.port()),
                    identity.tls().name()));
        }

        byte[] salt(byte[] account) {
            return sha256(HexFormat.of().formatHex(account) + "\n" + owner.name() + "\n" + name);
        }
    }

    private final Map<SessionAccount, SpoolQueue> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionAccount, SpoolQueue> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** The queue; where a password is new to this server, that takes some tens of milliseconds. */
    SpoolQueue of(Caller owner, SmtpSession session) {
        if (session.named()) {
            return SpoolQueue.named(session.name());
        }
        var login = new SessionAccount(owner, session.name(), session.settings().identity());
        synchronized (known) {
            SpoolQueue queue = known.get(login);
            if (queue != null) {
                return queue;
            }
        }
        byte[] account = login.account();
        String shown = HexFormat.of().formatHex(account, 0, ACCOUNT_OCTETS) + "-"
                + mark(session.settings().secret(), login.salt(account));
        SpoolQueue queue = SpoolQueue.of(owner.name(), session.name(), shown);
        synchronized (known) {
            known.put(login, queue);
        }
        return queue;
    }

    private static String mark(Secret secret, byte[] salt) {
        if (secret.kind() != Secret.Kind.PASSWORD) {
            return secret.kind() == Secret.Kind.NONE ? "" : TOKEN;
        }
        char[] password = secret.value().toCharArray();
        var spec = new PBEKeySpec(password, salt, ROUNDS, KEPT_BITS);
        try {
            return HexFormat.of().formatHex(
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2 with SHA-256", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(password, '\0');
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
