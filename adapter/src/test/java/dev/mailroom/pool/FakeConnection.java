package dev.mailroom.pool;

/** A resource that knows in what state it should be. */
final class FakeConnection {
    final String key;
    final int number;
    volatile boolean quiet = true;
    volatile boolean answering = true;
    volatile boolean closed;

    FakeConnection(String key, int number) {
        this.key = key;
        this.number = number;
    }

    @Override
    public String toString() {
        return key + "#" + number;
    }
}
