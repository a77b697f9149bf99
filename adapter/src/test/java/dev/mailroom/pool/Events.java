package dev.mailroom.pool;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener hears, one word and its key each. */
final class Events implements PoolListener<String> {
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Holder> leaks = new CopyOnWriteArrayList<>();

    @Override
    public void beforeOpen(String key) {
        heard.add("opening " + key);
    }

    @Override
    public void onOpened(String key, Duration took) {
        heard.add("opened " + key);
    }

    @Override
    public void onOpenFailed(String key, Throwable failure, Duration took) {
        heard.add("failed " + key);
    }

    @Override
    public void beforeWait(String key) {
        heard.add("waiting " + key);
    }

    @Override
    public void onLeased(String key, Duration waited) {
        heard.add("leased " + key);
    }

    @Override
    public void onReleased(String key, Duration used) {
        heard.add("released " + key);
    }

    @Override
    public void onDiscarded(String key, DiscardReason reason) {
        heard.add(reason + " " + key);
    }

    @Override
    public void onExhausted(String key, Exhaustion exhaustion) {
        heard.add("exhausted " + key);
    }

    @Override
    public void onLeak(String key, Holder holder) {
        heard.add("leak " + key);
        leaks.add(holder);
    }

    @Override
    public void onEffectiveLimit(String key, int effectiveLimit) {
        heard.add("limit " + effectiveLimit + " " + key);
    }
}
