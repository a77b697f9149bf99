package dev.mailroom.it.tokens;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.secret.AccessToken;
import dev.mailroom.secret.NamedTokenSupplier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Tokens of the session vault. */
@ApplicationScoped
public class VaultTokens implements NamedTokenSupplier {
    @Override
    public String name() {
        return "vault";
    }

    @Override
    public AccessToken token(Duration patience) {
        return AccessToken.of(Secrets.of("token"));
    }
}
