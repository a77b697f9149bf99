package dev.mailroom.pool;

/** There was no resource to give within the time to wait. Carries an {@link Exhaustion}, whose message it has. */
public final class PoolExhaustedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Exhaustion exhaustion;

    /** The reason as a value. */
    public PoolExhaustedException(Exhaustion exhaustion) {
        super(exhaustion.message());
        this.exhaustion = exhaustion;
    }

    /** The reason as a value. */
    public Exhaustion exhaustion() {
        return exhaustion;
    }
}
