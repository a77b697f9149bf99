package dev.mailroom.smtp;

import dev.mailroom.Mail;
import java.util.Optional;

/** Whether a mail fits what the server offers, decided before anything is said to it. */
final class OfferRule {
    private final Peer peer;
    private final long sizeLimit;
    private final boolean eightBit;
    private final boolean utf8;

    OfferRule(Peer peer, Capabilities offered) {
        this.peer = peer;
        this.sizeLimit = offered.sizeLimit();
        this.eightBit = offered.offers("8BITMIME");
        this.utf8 = offered.offers("SMTPUTF8");
    }

    /** Why the mail cannot be sent to this server, and what to do; empty = it can. */
    Optional<String> objection(Mail mail) {
        if (sizeLimit > 0 && mail.data().size() > sizeLimit) {
            return Optional.of("the mail has " + mail.data().size() + " octets, but the SMTP server " + peer
                    + " takes at most " + sizeLimit + "; send less or smaller attachments");
        }
        if (!eightBit && mail.data().eightBit()) {
            return Optional.of("the mail contains 8-bit characters, but the SMTP server " + peer + " does not offer "
                    + "8BITMIME; encode its parts as quoted-printable or base64");
        }
        if (!utf8 && mail.envelope().needsUtf8()) {
            return Optional.of("an address of the mail contains characters beyond ASCII, but the SMTP server " + peer
                    + " does not offer SMTPUTF8; use an ASCII address");
        }
        return Optional.empty();
    }
}
