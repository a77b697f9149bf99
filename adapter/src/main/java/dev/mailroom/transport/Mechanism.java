package dev.mailroom.transport;

import dev.mailroom.Secret;
import dev.mailroom.smtp.Capabilities;

/** The one SASL mechanism that is tried on a connection. After a refusal no other is: that locks accounts. */
enum Mechanism {
    /** None that the server offers can be used with the secret. */
    NONE,
    /** RFC 4616. */
    PLAIN,
    /** Obsolete, and all that some servers offer. */
    LOGIN,
    /** OAuth 2 access tokens. */
    XOAUTH2;

    static Mechanism choose(Secret.Kind kind, Capabilities offered) {
        return switch (kind) {
            case PASSWORD -> offered.offersMechanism("PLAIN") ? PLAIN
                    : offered.offersMechanism("LOGIN") ? LOGIN : NONE;
            case ACCESS_TOKEN -> offered.offersMechanism("XOAUTH2") ? XOAUTH2 : NONE;
            default -> NONE;
        };
    }
}
