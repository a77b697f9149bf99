package dev.mailroom.smtp;

import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.sevenbit.SevenBit;
import dev.mailroom.sevenbit.UnencodableException;
import java.io.IOException;

/** Whether a mail fits what the server offers, decided before anything is said to it. */
final class OfferRule {
    private final ServerAddress peer;
    private final long sizeLimit;
    private final boolean eightBit;
    private final boolean utf8;

    OfferRule(ServerAddress peer, Capabilities offered) {
        this.peer = peer;
        this.sizeLimit = offered.sizeLimit();
        this.eightBit = offered.offers("8BITMIME");
        this.utf8 = offered.offers("SMTPUTF8");
    }

    /**
     * The mail as this server takes it: as it is, or, without 8BITMIME, with its 8-bit parts encoded (RFC 6152, section
     * 3). Only that takes time and memory, about as much as the mail is large; the connection waits meanwhile.
     */
    Mail fitted(Mail mail) throws UnfitException, UnreadableException {
        if (!utf8 && mail.envelope().needsUtf8()) {
            throw new UnfitException(UnsayableAddress.of(mail) + " has characters beyond ASCII, but the SMTP server "
                    + peer + " does not offer SMTPUTF8 (RFC 6531); use an ASCII address there");
        }
        if (!eightBit && mail.envelope().utf8Header()) {
            throw new UnfitException(UnsayableAddress.of(mail) + " has characters beyond ASCII, but the SMTP server "
                    + peer + " offers SMTPUTF8 without 8BITMIME, which belongs to it (RFC 6531, section 3.1); use an"
                    + " ASCII address there");
        }
        checkSize(mail.data());
        if (eightBit || !mail.data().eightBit()) {
            return mail;
        }
        MailData encoded = encoded(mail.data());
        checkSize(encoded);
        return new Mail(mail.envelope(), encoded);
    }

    private void checkSize(MailData data) throws UnfitException {
        if (sizeLimit > 0 && data.size() > sizeLimit) {
            throw new UnfitException("the mail has " + data.size() + " octets, but the SMTP server " + peer
                    + " takes at most " + sizeLimit + "; send less or smaller attachments");
        }
    }

    private MailData encoded(MailData data) throws UnfitException, UnreadableException {
        try {
            return SevenBit.of(data);
        } catch (UnencodableException e) {
            throw new UnfitException("the mail contains 8-bit characters, but the SMTP server " + peer + " does not "
                    + "offer 8BITMIME, and the mail cannot be encoded for it: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new UnreadableException(e);
        }
    }
}
