package dev.mailroom.watch;

/** What one managed connection tells of itself. Calls may come from any thread. */
public interface ConnectionUse {
    /** For Mailroom's own pool, which counts by itself. */
    ConnectionUse UNCOUNTED = new ConnectionUse() {
        @Override
        public void lent() {
            // the pool knows
        }

        @Override
        public void back() {
            // the pool knows
        }

        @Override
        public void gone(boolean broken) {
            // the pool knows
        }
    };

    /** A handle stands for it now. */
    void lent();

    /** No handle stands for it any more. */
    void back();

    /** It was destroyed; may be told twice. */
    void gone(boolean broken);
}
