package dev.mailroom.mime;

import java.util.Locale;

/**
 * A parsed mailbox: every character of the address is one that RFC 5321 and RFC 6531 allow there.
 *
 * @param name the display name, decoded; empty = none
 * @param address as it stands in the envelope: local part, quotes included, and domain or address literal
 */
record Mailbox(String name, String address) {
    /** The domain or address literal. */
    String domain() {
        return address.substring(at() + 1);
    }

    /**
     * The same for all spellings of an address: domains know no upper case and are the same as A-labels, and quotes
     * that a local part does not need mean nothing (RFC 5321, section 4.1.2). The case of a local part is its own.
     */
    String comparable() {
        int at = at();
        boolean usual = address.charAt(0) != '"';
        for (int i = at + 1; usual && i < address.length(); i++) {
            char c = address.charAt(i);
            usual = c < 128 && (c < 'A' || c > 'Z');
        }
        return usual ? address
                : unquoted(address.substring(0, at)) + "@" + Domains.ascii(domain()).toLowerCase(Locale.ROOT);
    }

    private int at() {
        return address.lastIndexOf('@');
    }

    private static String unquoted(String local) {
        if (local.charAt(0) != '"') {
            return local;
        }
        String bare = local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1");
        return AddressRule.wrongLocal(bare).isEmpty() && bare.charAt(0) != '"' ? bare : "\"" + bare;
    }
}
