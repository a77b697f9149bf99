package dev.mailroom.connector;

import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener is told, one word and the session each. */
final class Told implements SmtpListener {
    private static final Map<Class<? extends SmtpEvent>, String> WORDS = Map.of(
            SmtpEvent.SessionKnown.class, "known",
            SmtpEvent.SessionForgotten.class, "forgotten",
            SmtpEvent.ConnectionOpening.class, "opening",
            SmtpEvent.ConnectionOpened.class, "opened",
            SmtpEvent.ConnectionLeased.class, "leased",
            SmtpEvent.ConnectionReleased.class, "released",
            SmtpEvent.PoolExhausted.class, "exhausted",
            SmtpEvent.MailSent.class, "sent");

    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void on(SmtpEvent event) {
        word(event).ifPresent(word -> heard.add(word + " " + event.session()));
    }

    private static Optional<String> word(SmtpEvent event) {
        if (event instanceof SmtpEvent.SessionOpened opened) {
            return Optional.of("session by " + opened.caller() + ":");
        } else if (event instanceof SmtpEvent.ConnectionOpenFailed failed) {
            return Optional.of("not opened at " + failed.failure().phase());
        } else if (event instanceof SmtpEvent.ConnectionDiscarded discarded) {
            return Optional.of(discarded.reason());
        } else if (event instanceof SmtpEvent.RequestFailed failed) {
            return Optional.of("failed at " + failed.failure().phase());
        }
        return Optional.ofNullable(WORDS.get(event.getClass()));
    }
}
