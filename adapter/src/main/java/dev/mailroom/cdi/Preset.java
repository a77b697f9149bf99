package dev.mailroom.cdi;

import static dev.mailroom.cdi.SessionKeys.suffix;

import dev.mailroom.configuration.ConfigurationKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What providers publish about their servers, as defaults of a named session: suffix of the key and value. Each
 * constant names the pages it was taken from.
 */
enum Preset {
    /**
     * Three connections a mailbox; the fourth is refused with 432 4.3.2. Tokens come from an address that has the
     * tenant in it.
     */
    EXCHANGE_ONLINE(
            Map.of("server", "smtp.office365.com", "port", "587", "tls", "starttls", "max-connections", "3",
                    "oauth.scope", "https://outlook.office365.com/.default"),
            "https://learn.microsoft.com/en-us/exchange/troubleshoot/send-emails/smtp-submission-improvements",
            "https://technet.microsoft.com/it-it/library/dn554323(v=exchg.150).aspx",
            "https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/"
                    + "how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth"),
    /**
     * The server's name depends on the region. Idle connections are closed with 451 4.4.2; the provider does not
     * publish after how long, users measured 10 s.
     */
    AMAZON_SES(
            Map.of("port", "587", "tls", "starttls", "idle-timeout", "8s"),
            "https://docs.aws.amazon.com/ses/latest/DeveloperGuide/smtp-connect.html",
            "https://docs.aws.amazon.com/ses/latest/DeveloperGuide/smtp-response-codes.html",
            "https://github.com/juhasev/laravel-ses/pull/15"),
    /** Up to 5,000 messages a connection; the login is always "apikey". */
    SENDGRID(
            Map.of("server", "smtp.sendgrid.net", "port", "587", "tls", "starttls", "username", "apikey",
                    "max-uses", "5000"),
            "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/integrating-with-the-smtp-api"),
    /** A connection authenticated with OAuth 2 ends with its token, usually after an hour. */
    GMAIL(
            Map.of("server", "smtp.gmail.com", "port", "587", "tls", "starttls", "max-lifetime", "30m",
                    "oauth.token-url", "https://oauth2.googleapis.com/token"),
            "https://developers.google.com/workspace/gmail/imap/imap-smtp",
            "https://developers.google.com/identity/protocols/oauth2/web-server");

    private final Map<String, String> values;
    private final List<String> sources;

    Preset(Map<String, String> values, String... sources) {
        this.values = values;
        this.sources = List.of(sources);
    }

    /** What the provider publishes for this key of a session. */
    <T> Optional<T> find(ConfigurationKey<T> key) {
        return Optional.ofNullable(values.get(suffix(key))).map(key.type()::parse);
    }

    /** The pages where the provider says so, or, where it does not give a number, those who measured. */
    List<String> sources() {
        return sources;
    }
}
