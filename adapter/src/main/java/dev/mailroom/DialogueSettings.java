package dev.mailroom;

/**
 * What the dialogue with the server may use.
 *
 * @param pipelining send commands in groups where the server offers PIPELINING (RFC 2920)
 * @param chunking send content with BDAT where the server offers CHUNKING (RFC 3030)
 * @param unauthenticatedFallback open the connection without authentication when the server offers no mechanism
 *        that the secret can be used with; if false, that is a failure
 */
public record DialogueSettings(boolean pipelining, boolean chunking, boolean unauthenticatedFallback) {
    /** Everything the server offers, and WLanguage's rule for servers without authentication. */
    public static final DialogueSettings DEFAULTS = new DialogueSettings(true, true, true);
}
