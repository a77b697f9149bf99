package dev.mailroom.watch;

import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import java.util.List;

/** Several listeners as one, told in their order. What one throws stays with it: no mail may fail for it. */
public final class Listeners implements SmtpListener {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final SmtpListener[] all;

    /** These listeners, in this order. */
    public Listeners(List<? extends SmtpListener> all) {
        this.all = all.toArray(SmtpListener[]::new);
    }

    @Override
    public void on(SmtpEvent event) {
        for (SmtpListener listener : all) {
            try {
                listener.on(event);
            } catch (RuntimeException | Error e) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed; Mailroom goes on", e);
            }
        }
    }
}
