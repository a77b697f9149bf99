package dev.mailroom.pool;

/** What a caller has got by asking: a place, or its turn in the queue. */
sealed interface Claim<K, R> permits Entry, Waiter {
}
