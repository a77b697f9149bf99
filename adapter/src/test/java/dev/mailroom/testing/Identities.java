package dev.mailroom.testing;

import dev.mailroom.ClientKey;
import dev.mailroom.Identity;
import dev.mailroom.ProxySettings;
import dev.mailroom.Secret;
import dev.mailroom.SmtpSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings that are almost the same. */
public final class Identities {
    private Identities() {
    }

    /** For each part of the identity, by its name, settings that differ in it alone: parts added later as well. */
    public static Map<String, SmtpSettings> differingInOnePart(SmtpSettings settings) {
        Identity identity = settings.identity();
        Map<String, SmtpSettings> others = new LinkedHashMap<>();
        identity.parts().forEach((part, value) -> {
            switch (part) {
                case "fingerprint" -> others.put(part, settings.withSecret(Secret.password("another")));
                case "clientKey" -> others.put(part, settings.withClientKey(
                        new ClientKey(Path.of("keys.p12"), Secret.none(), "")));
                case "proxy" -> others.put(part, settings.withProxy(ProxySettings.parse("http://proxy.test:3128")));
                // Another kind has another fingerprint too.
                case "secret" -> { }
                default -> others.put(part, settings.withIdentity(
                        identity.with(Map.of(part, another(part, value))), settings.secret()));
            }
        });
        return others;
    }

    private static String another(String part, String value) {
        return switch (part) {
            case "tls" -> value.equals("STARTTLS") ? "IMPLICIT" : "STARTTLS";
            case "protocol" -> value.equals("POP3") ? "IMAP" : "POP3";
            case "trust" -> value.equals("OWN") ? "SERVER" : "OWN";
            default -> value.equals("true") ? "false" : value.equals("false") ? "true"
                    : value.matches("\\d+") ? String.valueOf(Integer.parseInt(value) + 1) : value + "x";
        };
    }
}
