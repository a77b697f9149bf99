package dev.mailroom.mime;

/**
 * A parsed mailbox: every character of the address is one that RFC 5321 and RFC 6531 allow there.
 *
 * @param name the display name, decoded; empty = none
 * @param address as it stands in the envelope: local part, quotes included, and domain or address literal
 */
record Mailbox(String name, String address) {
    /** The domain or address literal. */
    String domain() {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
