package dev.mailroom.oauth;

import dev.mailroom.Secret;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.SecretOrigin;
import dev.mailroom.secret.SuppliedToken;
import dev.mailroom.secret.TokenException;
import dev.mailroom.secret.TokenSupplier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps an access token and renews it: a minute before it ends (half of its life, if that is shorter), or when the mail
 * server has refused it. One renewal runs at a time, in the thread of who needs it; others wait for its result. If it
 * fails while the token is still good, that is used. Needs no thread of its own. Thread-safe.
 */
public final class OauthTokens implements TokenSupplier {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");
    private static final Duration EARLY = Duration.ofSeconds(60);

    private final OauthSettings settings;
    private final Clock clock;
    private final TokenRequest request;
    /** Guarded by this. */
    private Optional<Kept> kept = Optional.empty();
    /** Guarded by this: the renewal that runs. */
    private Optional<CompletableFuture<AccessToken>> renewal = Optional.empty();
    /** Guarded by this: a refresh token that could not be kept where the first one came from. */
    private Rotated rotated = new Rotated("", "");
    private boolean warned;

    private record Kept(AccessToken token, Instant renewAt) {
    }

    /** @param from what it took the place of: whatever is there instead of that is newer */
    private record Rotated(String from, String token) {
    }

    /** Tokens as these settings say. */
    public OauthTokens(OauthSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.request = new TokenRequest(settings, clock);
    }

    /**
     * The secret of sessions and mailboxes that log in with such tokens; equal where the settings are the same. All who
     * have one refresh token should share one secret: some servers accept each refresh token only once.
     */
    public static Secret secret(OauthSettings settings, Clock clock) {
        String name = String.join(" ", settings.tokenUrl().toString(), settings.clientId(), settings.scope(),
                settings.clientSecret().fingerprint(), settings.refreshToken().fingerprint(),
                settings.timeout().toString());
        return Secret.of(Secret.Kind.ACCESS_TOKEN, SuppliedToken.of(new OauthTokens(settings, clock), name));
    }

    @Override
    public AccessToken token(Duration patience) throws TokenException {
        CompletableFuture<AccessToken> running;
        boolean mine = false;
        synchronized (this) {
            if (kept.isPresent() && clock.instant().isBefore(kept.get().renewAt)) {
                return kept.get().token;
            }
            if (renewal.isEmpty()) {
                renewal = Optional.of(new CompletableFuture<>());
                mine = true;
            }
            running = renewal.get();
        }
        if (mine) {
            renew(running, patience);
        }
        try {
            return result(running, patience);
        } catch (TokenException e) {
            Optional<AccessToken> good = stillGood();
            if (good.isPresent()) {
                LOG.log(System.Logger.Level.DEBUG, () -> "a token that is good until " + good.get().expiresAt()
                        + " could not be renewed yet: " + e.getMessage());
                return good.get();
            }
            throw e;
        }
    }

    private synchronized Optional<AccessToken> stillGood() {
        return kept.map(Kept::token).filter(token -> clock.instant().isBefore(token.expiresAt()));
    }

    private AccessToken result(CompletableFuture<AccessToken> running, Duration patience) throws TokenException {
        try {
            return running.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            TokenException why = (TokenException) e.getCause();
            // Each caller has a stack trace of its own.
            throw why.lasting() ? TokenException.lasting(why.getMessage(), why)
                    : TokenException.passing(why.getMessage(), why);
        } catch (TimeoutException e) {
            throw TokenException.passing("a token that is being renewed did not come within " + patience.toMillis()
                    + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TokenException.passing("interrupted while a token was being renewed", e);
        }
    }

    private void renew(CompletableFuture<AccessToken> running, Duration patience) {
        AccessToken token = null;
        TokenException why = null;
        try {
            token = fresh(patience);
        } catch (TokenException e) {
            why = e;
        } catch (RuntimeException e) {
            why = TokenException.passing("a token could not be renewed: " + e.getClass().getName(), e);
        } finally {
            synchronized (this) {
                renewal = Optional.empty();
                if (token != null) {
                    kept = Optional.of(new Kept(token, renewAt(token)));
                }
            }
            if (token != null) {
                running.complete(token);
            } else {
                running.completeExceptionally(why == null
                        ? TokenException.passing("a token could not be renewed", null) : why);
            }
        }
    }

    private Instant renewAt(AccessToken token) {
        if (token.expiresAt().equals(Instant.MAX)) {
            return Instant.MAX;
        }
        Duration life = Duration.between(clock.instant(), token.expiresAt());
        Duration half = life.dividedBy(2);
        return token.expiresAt().minus(half.compareTo(EARLY) < 0 ? half : EARLY);
    }

    private AccessToken fresh(Duration patience) throws TokenException {
        if (settings.refreshToken().kind() == Secret.Kind.NONE) {
            return request.send("", patience).token();
        }
        String given = settings.refreshToken().current(patience).value();
        String used = inUse(given);
        TokenAnswer answer;
        try {
            answer = request.send(used, patience);
        } catch (TokenException e) {
            // Another server may have used it up, and put the next one into the file that both read.
            String other = changed(given);
            if (!e.lasting() || other.isEmpty()) {
                throw e;
            }
            given = other;
            used = other;
            answer = request.send(other, patience);
        }
        if (canBeToken(answer.refreshToken()) && !answer.refreshToken().equals(used)) {
            keep(given, answer.refreshToken());
        }
        return answer.token();
    }

    /** What is none must not take the place of one: the earlier may still be good, and would be lost. */
    private static boolean canBeToken(String text) {
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    private synchronized String inUse(String given) {
        return rotated.from.equals(given) && !rotated.token.isEmpty() ? rotated.token : given;
    }

    /** What is given instead of that value by now; empty = nothing is. */
    private String changed(String given) {
        boolean other = settings.refreshToken().origin().filter(SecretOrigin::look).isPresent();
        String now = settings.refreshToken().value();
        return other || !now.equals(given) ? now : "";
    }

    /** RFC 6749, section 6: the next refresh token; the earlier one may be worth nothing from now on. */
    private void keep(String given, String next) {
        boolean written = settings.refreshToken().origin().filter(origin -> origin.replace(next)).isPresent();
        synchronized (this) {
            rotated = written ? new Rotated("", "") : new Rotated(given, next);
        }
        if (!written && !warned) {
            warned = true;
            String where = settings.refreshToken().origin().map(SecretOrigin::name)
                    .map(file -> file + ", which cannot be written: let the server write it and its directory")
                    .orElse("a value, not a file: use oauth.refresh-token-file, with a file that the server may write");
            LOG.log(System.Logger.Level.WARNING, "MR0405 the token server {0} has replaced the refresh token of client"
                    + " {1}; the new one is kept in memory only, and lost with this server, since the first one came"
                    + " from {2}", settings.tokenUrl().getHost(), settings.clientId(), where);
        }
    }

    /** Renewed with the next request, unless that has happened already. */
    @Override
    public synchronized boolean refused(AccessToken token) {
        kept = kept.filter(held -> !held.token.value().equals(token.value()));
        return true;
    }
}
