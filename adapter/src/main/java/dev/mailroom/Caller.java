package dev.mailroom;

/**
 * The security principal that a session was opened for. All unauthenticated callers of one application are one caller.
 *
 * @param name the principal's name; empty = unauthenticated
 */
public record Caller(String name) {
    /** The caller that stands for everyone who is not authenticated. */
    public static final Caller ANONYMOUS = new Caller("");

    @Override
    public String toString() {
        return name.isEmpty() ? "anonymous" : VisibleText.of(name);
    }
}
