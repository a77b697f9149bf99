package dev.mailroom;

import java.util.regex.Pattern;

/**
 * What the dialogue with the server may use.
 *
 * @param pipelining send commands in groups where the server offers PIPELINING (RFC 2920)
 * @param chunking send content with BDAT where the server offers CHUNKING (RFC 3030)
 * @param unauthenticatedFallback open the connection without authentication when the server offers no mechanism
 *        that the secret can be used with; if false, that is a failure
 * @param ehloName the name that we give in EHLO (RFC 5321, section 4.1.1.1): a host name, or an address literal; empty
 *       = this machine's name where it is a full one, else the address of the connection
 */
public record DialogueSettings(
        boolean pipelining, boolean chunking, boolean unauthenticatedFallback, String ehloName) {
    private static final Pattern NAME = Pattern.compile(
            "|(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
            + "|\\[[A-Za-z0-9.:]{2,60}]");

    /** Checks the name, which must not carry further commands. */
    public DialogueSettings {
        if (!NAME.matcher(ehloName).matches()) {
            throw new IllegalArgumentException("the name for EHLO must be a host name such as mail.example.org, or an "
                    + "address in brackets, was \"" + ehloName.replaceAll("\\p{Cntrl}", "?") + "\"");
        }
    }

    /** The same with the default name for EHLO. */
    public DialogueSettings(boolean pipelining, boolean chunking, boolean unauthenticatedFallback) {
        this(pipelining, chunking, unauthenticatedFallback, "");
    }

    /** Everything the server offers, and WLanguage's rule for servers without authentication. */
    public static final DialogueSettings DEFAULTS = new DialogueSettings(true, true, true);
}
