package dev.mailroom.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * This machine's name as servers expect it in EHLO (RFC 5321, section 4.1.1.1): a full domain name. Many relays refuse
 * address literals and names without a dot. A machine without one uses an address literal.
 */
final class EhloName {
    private static final Pattern FULL = Pattern.compile("(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
            + "[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])");

    private EhloName() {
    }

    /** Empty where there is no full name. */
    static String ofMachine() {
        try {
            return full(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return "";
        }
    }

    /** That name, or empty where it means nothing to another machine: {@code localhost.localdomain} and its like. */
    static String full(String name) {
        boolean local = name.regionMatches(true, 0, "localhost", 0, "localhost".length())
                || name.toLowerCase(Locale.ROOT).matches(".*\\.(local|localdomain|lan|home|internal)");
        return FULL.matcher(name).matches() && !local ? name : "";
    }
}
