/**
 * A keyed pool that knows nothing of mail. {@link KeyedPool} is the door; {@code PoolState} decides under one lock who
 * gets which place, {@code ResourceLifecycle} talks to the resources outside it, {@code Sweeper} cleans up at
 * intervals. A <em>place</em> is the right to have one resource open: it is reserved before opening and freed after
 * closing, so the limits are never exceeded. An {@code Entry} is a place with or without its resource.
 */
package dev.mailroom.pool;
