package dev.mailroom.mime;

import dev.mailroom.idna.InternationalDomain;

/** Internationalized domains: as A-labels every server can carry them, SMTPUTF8 or not. */
final class Domains {
    private Domains() {
    }

    /**
     * The domain as it travels: A-labels (RFC 5890) when the local part needs no SMTPUTF8 either, else U-labels.
     *
     * @throws IllegalArgumentException saying what is wrong with a domain that is not ASCII, or with an A-label
     */
    static String travelling(String domain, boolean asciiLocal) {
        if (AddressRule.isAscii(domain)) {
            InternationalDomain.checkGiven(domain);
            return domain;
        }
        InternationalDomain both = InternationalDomain.of(domain);
        return asciiLocal ? both.ascii() : both.unicode();
    }

    /** A checked domain in ASCII. */
    static String ascii(String domain) {
        return AddressRule.isAscii(domain) ? domain : InternationalDomain.of(domain).ascii();
    }
}
