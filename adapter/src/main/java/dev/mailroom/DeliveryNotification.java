package dev.mailroom;

import java.util.EnumSet;
import java.util.Set;

/**
 * A delivery status notification as asked for with MAIL and RCPT (RFC 3461).
 *
 * @param events what to notify the reverse-path; empty = say nothing, the server's default applies
 * @param headersOnly true: return the header only (RET=HDRS), false: the whole mail (RET=FULL)
 * @param envelopeId ENVID, printable ASCII of at most 100 characters; empty = none
 */
public record DeliveryNotification(Set<Event> events, boolean headersOnly, String envelopeId) {
    /** What a notification can be about. */
    public enum Event {
        /** The mail was delivered. */
        SUCCESS,
        /** It was given up. */
        FAILURE,
        /** It is late, and still being tried. */
        DELAY,
        /** Nothing is to be notified; excludes the others. */
        NEVER
    }

    /** Octets of an ENVID (RFC 3461, section 4.4). */
    public static final int LONGEST_ENVELOPE_ID = 100;

    /** Nothing is asked for. */
    public static final DeliveryNotification NONE = new DeliveryNotification(EnumSet.noneOf(Event.class), true, "");

    /** Checks every value. */
    public DeliveryNotification {
        events = Set.copyOf(events);
        if (events.contains(Event.NEVER) && events.size() > 1) {
            throw new IllegalArgumentException("NEVER excludes all others (RFC 3461, section 4.1), was " + events);
        }
        if (envelopeId.length() > LONGEST_ENVELOPE_ID || !envelopeId.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new IllegalArgumentException("the envelope id must be at most 100 printable ASCII characters");
        }
    }
}
