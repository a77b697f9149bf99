package dev.mailroom.smtp;

import dev.mailroom.DeliveryNotification;
import dev.mailroom.DeliveryNotification.Event;
import dev.mailroom.Mail;
import java.util.StringJoiner;

/**
 * Writes MAIL and RCPT with the parameters that the server's extensions allow: SIZE (RFC 1870), BODY (RFC 6152),
 * SMTPUTF8 (RFC 6531), RET, ENVID, NOTIFY, ORCPT (RFC 3461). {@link dev.mailroom.Envelope} has made sure that no
 * address can break out of its line.
 */
final class EnvelopeCommands {
    private final Cork cork;
    private final boolean size;
    private final boolean eightBit;
    private final boolean notifications;

    EnvelopeCommands(Cork cork, Capabilities offered) {
        this.cork = cork;
        this.size = offered.offers("SIZE");
        this.eightBit = offered.offers("8BITMIME");
        this.notifications = offered.offers("DSN");
    }

    void mail(Mail mail) {
        cork.text("MAIL FROM:<").text(mail.envelope().reversePath()).text(">");
        if (size) {
            cork.text(" SIZE=").number(mail.data().size());
        }
        if (eightBit && mail.data().eightBit()) {
            cork.text(" BODY=8BITMIME");
        }
        if (mail.envelope().needsUtf8()) {
            cork.text(" SMTPUTF8");
        }
        DeliveryNotification wanted = mail.envelope().notification();
        if (asks(wanted)) {
            cork.text(wanted.headersOnly() ? " RET=HDRS" : " RET=FULL");
            if (!wanted.envelopeId().isEmpty()) {
                cork.text(" ENVID=").text(xtext(wanted.envelopeId()));
            }
        }
        cork.endLine();
    }

    void recipient(Mail mail, String path) {
        cork.text("RCPT TO:<").text(path).text(">");
        DeliveryNotification wanted = mail.envelope().notification();
        if (asks(wanted)) {
            if (!wanted.events().isEmpty()) {
                cork.text(" NOTIFY=").text(events(wanted));
            }
            // An address that is not ASCII would need RFC 6533 on every hop; the parameter is optional.
            if (path.chars().allMatch(c -> c < 0x80)) {
                cork.text(" ORCPT=rfc822;").text(xtext(path));
            }
        }
        cork.endLine();
    }

    private boolean asks(DeliveryNotification wanted) {
        return notifications && wanted != DeliveryNotification.NONE && !wanted.equals(DeliveryNotification.NONE);
    }

    private static String events(DeliveryNotification wanted) {
        StringJoiner list = new StringJoiner(",");
        for (Event event : Event.values()) {
            if (wanted.events().contains(event)) {
                list.add(event.name());
            }
        }
        return list.toString();
    }

    /** RFC 3461, section 4. */
    private static String xtext(String text) {
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (char c : text.toCharArray()) {
            if (c < '!' || c > '~' || c == '+' || c == '=') {
                out.append('+').append(String.format("%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
