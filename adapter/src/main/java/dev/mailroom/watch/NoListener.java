package dev.mailroom.watch;

import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;

/** Nobody listens. An enum, because a connection factory must stay serializable (Connectors 2.1, section 6.5.1). */
public enum NoListener implements SmtpListener {
    /** The only one. */
    INSTANCE;

    @Override
    public void on(SmtpEvent event) {
        // nobody is interested
    }
}
