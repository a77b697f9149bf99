package dev.mailroom.listening;

/** A listener has failed, or its transaction was rolled back; tells what the cause tells. */
final class ListenerFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    ListenerFailedException(Throwable cause) {
        super(cause.toString(), cause);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
