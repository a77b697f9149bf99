package dev.mailroom.cdi;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import dev.mailroom.TlsMode;
import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.receiving.ArrivalSettings;
import dev.mailroom.receiving.ArrivalSettings.Done;
import dev.mailroom.receiving.NamedMailbox;
import dev.mailroom.receiving.ReceivingSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One named mailbox: its own values first, then those of the whole application. */
final class NamedMailboxReader {
    private final String name;
    private final ReadValues own;
    private final ReadValues whole;
    private final OauthReader oauth;

    NamedMailboxReader(String name, ConfiguredProperties properties, ReadValues whole, Problems problems) {
        this.name = name;
        this.whole = whole;
        this.own = new ReadValues(properties, problems);
        MailboxKeys.ALL.forEach(key -> own.read(key, NamedKeys.MAILBOXES.spellings(name, key)));
        this.oauth = new OauthReader(MailboxKeys.OAUTH, own, Optional.empty(), this::spelt);
        check(problems);
    }

    private void check(Problems problems) {
        if (own.find(MailboxKeys.SERVER).isEmpty() && !own.isBroken(MailboxKeys.SERVER)) {
            problems.add(spelt(MailboxKeys.SERVER) + " is missing: expected the server that has mailbox " + name);
        }
        List<ConfigurationKey<Secret>> secrets = MailboxKeys.SECRETS.stream().filter(own::isSet).toList();
        oauth.check(secrets, problems);
        boolean login = !secrets.isEmpty() || oauth.isSet();
        if (!login) {
            problems.add(spelt(MailboxKeys.PASSWORD) + " is missing: expected it, or "
                    + spelt(MailboxKeys.PASSWORD_FILE) + ", since a mailbox opens only with a login");
        }
        if (secrets.size() > 1) {
            problems.add(String.join(" and ", secrets.stream().map(this::spelt).toList())
                    + " are both set: expected one of them");
        }
        boolean plain = own.get(MailboxKeys.TLS) == TlsMode.NONE && !own.isBroken(MailboxKeys.TLS);
        if (own.isSet(MailboxKeys.TRUST) && plain) {
            problems.add(spelt(MailboxKeys.TRUST) + " is set although " + spelt(MailboxKeys.TLS)
                    + " is none: without TLS there is no certificate to judge");
        }
        if (login && plain && !whole.get(MailroomKeys.PLAIN_CREDENTIALS)) {
            problems.warn("mailbox " + name + " sends its credentials over a connection without TLS; "
                    + MailroomKeys.PLAIN_CREDENTIALS + " = refuse binds applications only");
        }
        checkDone(problems);
        if (own.get(MailboxKeys.PROTOCOL) == MailProtocol.POP3) {
            checkPop3(problems);
        }
    }

    private void checkDone(Problems problems) {
        boolean moves = own.find(MailboxKeys.DONE).filter(Done.MOVE::equals).isPresent();
        if (!moves && own.isSet(MailboxKeys.DONE_FOLDER) && !own.isBroken(MailboxKeys.DONE)) {
            problems.add(spelt(MailboxKeys.DONE_FOLDER) + " is set without " + spelt(MailboxKeys.DONE)
                    + " = move: expected both or neither");
        }
        String read = own.get(MailboxKeys.FOLDER);
        for (ConfigurationKey<String> key : List.of(MailboxKeys.DONE_FOLDER, MailboxKeys.DEAD_LETTER_FOLDER)) {
            own.explicit(key).filter(read::equalsIgnoreCase).ifPresent(same -> problems.add(spelt(key) + " = " + same
                    + " is the folder that is read: expected another, or its mails would be read again and again"));
        }
    }

    private void checkPop3(Problems problems) {
        own.explicit(MailboxKeys.DONE).filter(done -> done != Done.DELETE).ifPresent(done -> problems.add(
                spelt(MailboxKeys.DONE) + " = " + MailboxKeys.DONE.type().print(done) + " although "
                        + spelt(MailboxKeys.PROTOCOL) + " = pop3: expected delete, all that POP3 can do, or imap"));
        for (ConfigurationKey<String> key : List.of(MailboxKeys.FOLDER, MailboxKeys.DEAD_LETTER_FOLDER)) {
            own.explicit(key).filter(folder -> !folder.equalsIgnoreCase(ReceivingSettings.INBOX))
                    .ifPresent(folder -> problems.add(spelt(key) + " = " + folder + " although "
                            + spelt(MailboxKeys.PROTOCOL) + " = pop3: expected imap, since POP3 knows no folders"));
        }
    }

    /**
     * The mailbox; to be asked only when there was no problem.
     *
     * @param tokens those of all sessions and mailboxes
     */
    NamedMailbox read(SmtpSettings template, long maxMessage, OauthReader.SharedTokens tokens) {
        MailProtocol protocol = own.get(MailboxKeys.PROTOCOL);
        Secret secret = MailboxKeys.SECRETS.stream().map(own::find).flatMap(Optional::stream).findFirst()
                .or(() -> oauth.secret(tokens)).orElseThrow();
        SmtpSettings server = SmtpSettings.of(own.find(MailboxKeys.USERNAME).orElse(name),
                        own.find(MailboxKeys.SERVER).orElseThrow(), port(protocol))
                .withProtocol(protocol).withSecret(secret).withTls(own.get(MailboxKeys.TLS))
                .withTrust(own.get(MailboxKeys.TRUST)).withTimeouts(template.timeouts())
                .withLimits(template.limits());
        Done done = own.find(MailboxKeys.DONE).orElse(protocol == MailProtocol.POP3 ? Done.DELETE : Done.SEEN);
        return new NamedMailbox(name,
                new ReceivingSettings(server, own.get(MailboxKeys.FOLDER), maxMessage),
                new ArrivalSettings(own.get(MailboxKeys.INTERVAL), own.get(MailboxKeys.IDLE),
                        own.get(MailboxKeys.MAX_DELIVERIES), done,
                        done == Done.MOVE ? own.get(MailboxKeys.DONE_FOLDER) : "",
                        own.get(MailboxKeys.DEAD_LETTER_FOLDER)),
                Set.copyOf(own.find(MailboxKeys.ROLES).orElse(List.of())));
    }

    private int port(MailProtocol protocol) {
        boolean implicit = own.get(MailboxKeys.TLS) == TlsMode.IMPLICIT;
        return own.find(MailboxKeys.PORT).orElse(protocol == MailProtocol.POP3
                ? implicit ? 995 : 110 : implicit ? 993 : 143);
    }

    private String spelt(ConfigurationKey<?> key) {
        return NamedKeys.MAILBOXES.spellings(name, key).get(0);
    }
}
