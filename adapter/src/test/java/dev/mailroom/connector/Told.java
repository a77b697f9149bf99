package dev.mailroom.connector;

import dev.mailroom.Caller;
import dev.mailroom.Failure;
import dev.mailroom.Receipt;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener is told, one word and the session each. */
final class Told implements SmtpListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void onSessionOpened(SessionKey session, Caller caller) {
        heard.add("session by " + caller + ": " + session);
    }

    @Override
    public void onSessionKnown(SessionKey session) {
        heard.add("known " + session);
    }

    @Override
    public void onSessionForgotten(SessionKey session) {
        heard.add("forgotten " + session);
    }

    @Override
    public void beforeOpen(SessionKey session) {
        heard.add("opening " + session);
    }

    @Override
    public void onOpened(SessionKey session, Duration took) {
        heard.add("opened " + session);
    }

    @Override
    public void onOpenFailed(SessionKey session, Failure failure, Duration took) {
        heard.add("not opened at " + failure.phase() + " " + session);
    }

    @Override
    public void onLeased(SessionKey session, Duration waited) {
        heard.add("leased " + session);
    }

    @Override
    public void onReleased(SessionKey session, Duration used) {
        heard.add("released " + session);
    }

    @Override
    public void onDiscarded(SessionKey session, String reason) {
        heard.add(reason + " " + session);
    }

    @Override
    public void onExhausted(SessionKey session, String story) {
        heard.add("exhausted " + session);
    }

    @Override
    public void onSent(SessionKey session, Receipt receipt, Duration took) {
        heard.add("sent " + session);
    }

    @Override
    public void onFailed(SessionKey session, Failure failure, Duration took) {
        heard.add("failed at " + failure.phase() + " " + session);
    }
}
