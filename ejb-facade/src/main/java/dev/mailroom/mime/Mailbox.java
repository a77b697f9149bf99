package dev.mailroom.mime;

/**
 * A parsed mailbox: every character of the address is one that RFC 5321 and RFC 6531 allow there.
 *
 * @param name the display name, decoded; empty = none
 * @param local the local part as it travels, quotes included
 * @param domain the domain or address literal as it travels
 */
record Mailbox(String name, String local, String domain) {
    /** The address as it stands in the envelope. */
    String address() {
        return local + "@" + domain;
    }
}
