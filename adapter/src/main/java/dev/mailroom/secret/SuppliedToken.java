package dev.mailroom.secret;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** The access tokens of a supplier. */
public final class SuppliedToken implements SecretOrigin {
    private final TokenSupplier supplier;
    private final String name;
    private volatile AccessToken last;

    private SuppliedToken(TokenSupplier supplier, String name) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
        this.name = name;
    }

    /** Tokens that are nobody else's: two origins differ, even if their supplier is the same. */
    public static SuppliedToken of(TokenSupplier supplier) {
        return new SuppliedToken(supplier, "supplier " + UUID.randomUUID());
    }

    /** Tokens of a supplier that is told from others by that name. */
    public static SuppliedToken of(TokenSupplier supplier, String name) {
        return new SuppliedToken(supplier, "supplier of " + name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String current(Duration patience) throws TokenException {
        AccessToken token;
        try {
            token = supplier.token(patience);
        } catch (RuntimeException e) {
            // Its text is not ours, and might hold what nobody should read.
            throw TokenException.passing("the token supplier failed with " + e.getClass().getName(), e);
        }
        if (token == null) {
            throw TokenException.lasting("the token supplier returned null instead of a token or an exception", null);
        }
        last = token;
        return token.value();
    }

    @Override
    public String known() {
        AccessToken token = last;
        return token == null ? "" : token.value();
    }

    @Override
    public boolean refused(String value, boolean before) {
        AccessToken token = last;
        if (token != null && !token.value().equals(value)) {
            return true;
        }
        return before && token != null && supplier.refused(token);
    }
}
