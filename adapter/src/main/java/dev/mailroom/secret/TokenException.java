package dev.mailroom.secret;

/** There is no access token to log in with. The message is shown to people and holds no secret. */
public final class TokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean lasting;

    private TokenException(String message, boolean lasting, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    /** It may be different soon: nobody answered, or the answer was not to be had now. */
    public static TokenException passing(String message, Throwable cause) {
        return new TokenException(message, false, cause);
    }

    /** It stays so until somebody changes something, such as a refresh token that was taken back. */
    public static TokenException lasting(String message, Throwable cause) {
        return new TokenException(message, true, cause);
    }

    /** Whether asking again, unchanged, is of no use. */
    public boolean lasting() {
        return lasting;
    }
}
