package dev.mailroom.facade.auth;

import dev.mailroom.secret.SecretOrigin;
import java.time.Duration;
import java.util.UUID;

/** A refresh token that the application holds, with those that take its place. */
final class HeldToken implements SecretOrigin {
    private final String name = "held " + UUID.randomUUID();
    private volatile String value;

    HeldToken(String value) {
        this.value = value;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String current(Duration patience) {
        return value;
    }

    @Override
    public String known() {
        return value;
    }

    @Override
    public boolean refused(String refused, boolean before) {
        return !value.equals(refused);
    }

    @Override
    public boolean replace(String other) {
        value = other;
        return true;
    }
}
