package dev.mailroom.cdi;

import dev.mailroom.ClientKey;
import dev.mailroom.ConnectionLimits;
import dev.mailroom.DialogueSettings;
import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSession.MailDefaults;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TimeoutSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.session.NamedSession;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One named session: its own values first, then its preset's, then those of the whole application. */
final class NamedSessionReader {
    private final String name;
    private final ReadValues own;
    private final ReadValues whole;
    private final Optional<Preset> preset;
    private final OauthReader oauth;

    NamedSessionReader(String name, ConfiguredProperties properties, ReadValues whole, Problems problems) {
        this.name = name;
        this.whole = whole;
        this.own = new ReadValues(properties, problems);
        SessionKeys.ALL.forEach(key -> own.read(key, NamedKeys.SESSIONS.spellings(name, key)));
        this.preset = own.find(SessionKeys.PRESET);
        this.oauth = new OauthReader(SessionKeys.OAUTH, own, preset, this::spelt);
        check(problems);
    }

    private void check(Problems problems) {
        if (find(SessionKeys.SERVER).isEmpty() && !own.isBroken(SessionKeys.SERVER)
                && !own.isBroken(SessionKeys.PRESET)) {
            problems.add(spelt(SessionKeys.SERVER) + " is missing: expected the SMTP server of session " + name);
        }
        List<ConfigurationKey<Secret>> secrets = SessionKeys.SECRETS.stream().filter(own::isSet).toList();
        if (secrets.size() > 1) {
            problems.add(String.join(" and ", secrets.stream().map(this::spelt).toList())
                    + " are both set: expected one of them");
        }
        if (own.isSet(SessionKeys.TRUST) && tls() == TlsMode.NONE && !own.isBroken(SessionKeys.TLS)
                && !own.isBroken(SessionKeys.PRESET)) {
            problems.add(spelt(SessionKeys.TRUST) + " is set although " + spelt(SessionKeys.TLS)
                    + " is none: without TLS there is no certificate to judge");
        }
        oauth.check(SessionKeys.SECRETS, problems);
        boolean login = !secrets.isEmpty() || oauth.isSet();
        if (login && tls() == TlsMode.NONE && !whole.get(MailroomKeys.PLAIN_CREDENTIALS)) {
            problems.warn("session " + name + " sends its credentials over a connection without TLS; "
                    + MailroomKeys.PLAIN_CREDENTIALS + " = refuse binds applications only");
        }
        checkKeyAndProxy(problems);
        checkLimits(problems);
    }

    private void checkKeyAndProxy(Problems problems) {
        if (own.isSet(SessionKeys.KEY_STORE_PASSWORD) && own.isSet(SessionKeys.KEY_STORE_PASSWORD_FILE)) {
            problems.add(spelt(SessionKeys.KEY_STORE_PASSWORD) + " and " + spelt(SessionKeys.KEY_STORE_PASSWORD_FILE)
                    + " are both set: expected one of them");
        }
        for (ConfigurationKey<?> key : List.of(SessionKeys.KEY_STORE_PASSWORD, SessionKeys.KEY_STORE_PASSWORD_FILE,
                SessionKeys.KEY_ALIAS)) {
            missing(key, SessionKeys.KEY_STORE, problems);
        }
        missing(SessionKeys.PROXY_PASSWORD_FILE, SessionKeys.PROXY, problems);
    }

    private void missing(ConfigurationKey<?> key, ConfigurationKey<?> needed, Problems problems) {
        if (own.isSet(key) && !own.isBroken(key) && !own.isSet(needed)) {
            problems.add(spelt(key) + " is set without " + spelt(needed) + ": expected what it belongs to");
        }
    }

    private ClientKey clientKey() {
        Secret password = own.find(SessionKeys.KEY_STORE_PASSWORD)
                .or(() -> own.find(SessionKeys.KEY_STORE_PASSWORD_FILE)).orElse(Secret.none());
        return own.find(SessionKeys.KEY_STORE).map(store -> new ClientKey(store, password,
                own.find(SessionKeys.KEY_ALIAS).orElse(""))).orElse(ClientKey.NONE);
    }

    private ProxySettings proxy() {
        return own.find(SessionKeys.PROXY).map(proxy -> proxy.withPassword(
                own.find(SessionKeys.PROXY_PASSWORD_FILE).orElse(Secret.none()))).orElse(ProxySettings.NONE);
    }

    private void checkLimits(Problems problems) {
        int most = limit(SessionKeys.MAX_CONNECTIONS, MailroomKeys.MAX_CONNECTIONS);
        int minIdle = minIdle();
        boolean ours = own.isSet(SessionKeys.MAX_CONNECTIONS) || own.isSet(SessionKeys.MIN_IDLE) || preset.isPresent();
        if (ours && minIdle > most) {
            problems.add(spelt(SessionKeys.MIN_IDLE) + " = " + minIdle + " exceeds "
                    + spelt(SessionKeys.MAX_CONNECTIONS) + " = " + most + ": expected at most as many");
        }
        int total = whole.get(MailroomKeys.MAX_TOTAL);
        if (own.isSet(SessionKeys.MAX_CONNECTIONS) && most > total) {
            problems.add(spelt(SessionKeys.MAX_CONNECTIONS) + " = " + most + " exceeds "
                    + MailroomKeys.MAX_TOTAL + " = " + total + ": expected at most as many");
        }
    }

    String name() {
        return name;
    }

    /** The mailbox that its delivery reports come to. */
    Optional<String> bounces() {
        return own.find(SessionKeys.BOUNCES);
    }

    /** Adds a problem where that mailbox is not one of these. */
    void checkBounces(Collection<String> mailboxes, Problems problems) {
        bounces().filter(mailbox -> !mailboxes.contains(mailbox)).ifPresent(mailbox -> problems.add(
                spelt(SessionKeys.BOUNCES) + " = " + mailbox + " is no mailbox: expected the name of one, such as "
                        + (mailboxes.isEmpty() ? mailbox + " with mailroom.mailbox." + mailbox + ".server"
                                : String.join(" or ", mailboxes))));
    }

    /** How many connections it wants to keep warm. */
    int minIdle() {
        return limit(SessionKeys.MIN_IDLE, MailroomKeys.MIN_IDLE);
    }

    /**
     * The session; to be asked only when there was no problem.
     *
     * @param tokens those of all sessions
     */
    NamedSession read(OauthReader.SharedTokens tokens) {
        Secret secret = SessionKeys.SECRETS.stream().map(own::find).flatMap(Optional::stream).findFirst()
                .or(() -> oauth.secret(tokens)).orElse(Secret.none());
        var settings = SmtpSettings.of(find(SessionKeys.USERNAME).orElse(name),
                        find(SessionKeys.SERVER).orElseThrow(), port())
                .withSecret(secret).withTls(tls()).withTrust(own.get(SessionKeys.TRUST))
                .withClientKey(clientKey()).withProxy(proxy()).withTimeouts(timeouts())
                .withLimits(limits()).withDialogue(dialogue());
        return new NamedSession(name, settings, own.get(SessionKeys.ASYNCHRONOUS),
                Set.copyOf(own.find(SessionKeys.ROLES).orElse(List.of())),
                new MailDefaults(own.find(SessionKeys.FROM).orElse(""), own.find(SessionKeys.REPLY_TO).orElse(""),
                        own.find(SessionKeys.ENVELOPE_SENDER).orElse("")));
    }

    private TlsMode tls() {
        return own.explicit(SessionKeys.TLS).or(() -> fromPreset(SessionKeys.TLS))
                .orElseGet(() -> own.get(SessionKeys.TLS));
    }

    private int port() {
        // A preset's port belongs to its TLS mode.
        boolean presetFits = fromPreset(SessionKeys.TLS).filter(tls()::equals).isPresent();
        Optional<Integer> published = presetFits ? fromPreset(SessionKeys.PORT) : Optional.empty();
        return own.explicit(SessionKeys.PORT).or(() -> published).orElseGet(() -> switch (tls()) {
            case NONE -> 25;
            case STARTTLS -> 587;
            case IMPLICIT -> 465;
        });
    }

    private TimeoutSettings timeouts() {
        return new TimeoutSettings(limit(SessionKeys.CONNECT, MailroomKeys.CONNECT),
                limit(SessionKeys.GREETING, MailroomKeys.GREETING),
                limit(SessionKeys.REPLY, MailroomKeys.REPLY), limit(SessionKeys.FINAL_REPLY, MailroomKeys.FINAL_REPLY),
                limit(SessionKeys.WRITE, MailroomKeys.WRITE), limit(SessionKeys.SEND, MailroomKeys.SEND));
    }

    private ConnectionLimits limits() {
        return new ConnectionLimits(limit(SessionKeys.MAX_CONNECTIONS, MailroomKeys.MAX_CONNECTIONS), minIdle(),
                limit(SessionKeys.IDLE_TIMEOUT, MailroomKeys.IDLE_TIMEOUT),
                limit(SessionKeys.MAX_LIFETIME, MailroomKeys.MAX_LIFETIME),
                limit(SessionKeys.MAX_USES, MailroomKeys.MAX_USES),
                limit(SessionKeys.VALIDATE_AFTER_IDLE, MailroomKeys.VALIDATE_AFTER_IDLE));
    }

    private DialogueSettings dialogue() {
        return new DialogueSettings(limit(SessionKeys.PIPELINING, MailroomKeys.PIPELINING),
                limit(SessionKeys.CHUNKING, MailroomKeys.CHUNKING), whole.get(MailroomKeys.UNAUTHENTICATED_FALLBACK),
                find(SessionKeys.EHLO_NAME).or(() -> whole.find(MailroomKeys.EHLO_NAME)).orElse(""));
    }

    private <T> T limit(ConfigurationKey<T> key, ConfigurationKey<T> ofTheWhole) {
        return find(key).orElseGet(() -> whole.get(ofTheWhole));
    }

    private <T> Optional<T> find(ConfigurationKey<T> key) {
        return own.explicit(key).or(() -> fromPreset(key));
    }

    private <T> Optional<T> fromPreset(ConfigurationKey<T> key) {
        return preset.flatMap(provider -> provider.find(key));
    }

    /** Where the session's own value of this key comes from: how it is spelt, or its preset. */
    Optional<String> origin(ConfigurationKey<?> key) {
        return own.isSet(key) ? Optional.of(spelt(key))
                : fromPreset(key).map(value -> SessionKeys.suffix(key) + " of " + spelt(SessionKeys.PRESET));
    }

    private String spelt(ConfigurationKey<?> key) {
        return NamedKeys.SESSIONS.spellings(name, key).get(0);
    }
}
