package dev.mailroom.cdi;

import dev.mailroom.Secret;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.oauth.OauthSettings;
import dev.mailroom.oauth.OauthTokens;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link OauthKeys} say of one session or mailbox, and checks that it fits together. */
final class OauthReader {
    private final OauthKeys keys;
    private final ReadValues own;
    private final Optional<Preset> preset;
    private final Function<ConfigurationKey<?>, String> spelt;

    /**
     * @param own where all these keys have been read
     * @param preset the provider whose address and scope hold where nothing else is said
     * @param spelt how a key is written for this session or mailbox
     */
    OauthReader(OauthKeys keys, ReadValues own, Optional<Preset> preset,
            Function<ConfigurationKey<?>, String> spelt) {
        this.preset = preset;
        this.keys = keys;
        this.own = own;
        this.spelt = spelt;
    }

    /** Those who have the same settings share their tokens: a refresh token may be good for one use only. */
    static final class SharedTokens {
        private final Map<OauthSettings, Secret> secrets = new HashMap<>();

        Secret of(OauthSettings settings) {
            return secrets.computeIfAbsent(settings, one -> OauthTokens.secret(one, Clock.systemUTC()));
        }
    }

    /** Whether tokens are to be fetched: from an address that is set, or from the provider's for a client of it. */
    boolean isSet() {
        return own.isSet(keys.tokenUrl()) || own.isSet(keys.clientId()) && fromPreset(keys.tokenUrl()).isPresent();
    }

    private <T> Optional<T> fromPreset(ConfigurationKey<T> key) {
        return preset.flatMap(provider -> provider.find(key));
    }

    /** @param others the keys that hold a secret of another kind */
    void check(List<? extends ConfigurationKey<?>> others, Problems problems) {
        if (!isSet()) {
            keys.all().stream().filter(own::isSet).filter(key -> !own.isBroken(key)).forEach(key -> problems.add(
                    spelt.apply(key) + " is set without " + spelt.apply(keys.tokenUrl())
                            + ": expected where the tokens come from"));
            return;
        }
        others.stream().filter(own::isSet).forEach(other -> both(
                own.isSet(keys.tokenUrl()) ? keys.tokenUrl() : keys.clientId(), other, problems));
        if (own.isSet(keys.clientSecret()) && own.isSet(keys.clientSecretFile())) {
            both(keys.clientSecret(), keys.clientSecretFile(), problems);
        }
        if (own.isSet(keys.refreshToken()) && own.isSet(keys.refreshTokenFile())) {
            both(keys.refreshToken(), keys.refreshTokenFile(), problems);
        }
        missing(problems);
    }

    private void both(ConfigurationKey<?> one, ConfigurationKey<?> other, Problems problems) {
        problems.add(spelt.apply(one) + " and " + spelt.apply(other) + " are both set: expected one of them");
    }

    private void missing(Problems problems) {
        if (!own.isSet(keys.clientId())) {
            problems.add(spelt.apply(keys.clientId()) + " is missing: expected the id that the token server has given"
                    + " this application");
        }
        boolean secret = own.isSet(keys.clientSecret()) || own.isSet(keys.clientSecretFile());
        boolean refresh = own.isSet(keys.refreshToken()) || own.isSet(keys.refreshTokenFile());
        if (!secret && !refresh) {
            problems.add(spelt.apply(keys.clientSecret()) + " and " + spelt.apply(keys.refreshToken())
                    + " are missing, and so are their files: expected one of the two to show to the token server");
        }
    }

    /** What logs in; empty = tokens are not to be fetched. To be asked only when there was no problem. */
    Optional<Secret> secret(SharedTokens tokens) {
        if (!isSet()) {
            return Optional.empty();
        }
        return Optional.of(tokens.of(new OauthSettings(
                own.explicit(keys.tokenUrl()).or(() -> fromPreset(keys.tokenUrl())).orElseThrow(),
                own.find(keys.clientId()).orElseThrow(), either(keys.clientSecret(), keys.clientSecretFile()),
                either(keys.refreshToken(), keys.refreshTokenFile()),
                own.explicit(keys.scope()).or(() -> fromPreset(keys.scope())).orElse(""),
                own.get(keys.timeout()))));
    }

    private Secret either(ConfigurationKey<Secret> value, ConfigurationKey<Secret> file) {
        return own.explicit(value).or(() -> own.explicit(file)).orElse(Secret.none());
    }
}
