package dev.mailroom.mime;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;

/** Internationalized domains: as A-labels every server can carry them, SMTPUTF8 or not. */
final class Domains {
    private Domains() {
    }

    /**
     * The domain as it travels: A-labels (RFC 5890) when the local part needs no SMTPUTF8 either, else unchanged.
     * The JDK knows only IDNA 2003, which maps some letters away ("straße" becomes "strasse", another domain): what
     * does not come back unchanged is left as it is.
     */
    static String travelling(String domain, boolean asciiLocal) {
        if (!asciiLocal || AddressRule.isAscii(domain)) {
            return domain;
        }
        try {
            String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
            String same = Normalizer.normalize(domain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            return IDN.toUnicode(ascii).equals(same) ? ascii : domain;
        } catch (IllegalArgumentException e) {
            // Not a domain of IDNA 2003; the rules for domains decide what is wrong with it, if anything.
            return domain;
        }
    }
}
