package dev.mailroom.pool;

import dev.mailroom.ConnectionLimits;
import java.time.Duration;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/** A pool in the benchmark: opens nothing, so that what is measured is the pool. */
interface PoolContender extends AutoCloseable {
    /** Most connections of one key; no benchmark has more threads, so nobody ever waits. */
    int PER_KEY = 32;

    /** Takes a connection of this key and gives it back. */
    void acquireAndRelease(Integer key) throws Exception;

    @Override
    void close();

    /** Ours. */
    static PoolContender mailroom(int keys) {
        var limits = new ConnectionLimits(
                PER_KEY, 0, Duration.ofMinutes(1), Duration.ofMinutes(30), 0, Duration.ofSeconds(30));
        var settings = new PoolSettings(keys * PER_KEY, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(5),
                Duration.ZERO, false, Duration.ZERO, Duration.ofMinutes(1));
        var pool = new KeyedPool<>(settings, new NoResources(), event -> { }, NanoClock.SYSTEM);
        return new PoolContender() {
            @Override
            public void acquireAndRelease(Integer key) throws Exception {
                pool.acquire(key, limits, Duration.ofSeconds(30), Object::new).release();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    /** The library's defaults, but for the limits, which are ours. */
    static PoolContender commons(boolean reuseCapacityOnReturn) {
        var config = new GenericKeyedObjectPoolConfig<Object>();
        config.setMaxTotalPerKey(PER_KEY);
        config.setMaxIdlePerKey(PER_KEY);
        config.setReuseCapacityOnReturn(reuseCapacityOnReturn);
        config.setJmxEnabled(false);
        var pool = new GenericKeyedObjectPool<>(new BaseKeyedPooledObjectFactory<Integer, Object>() {
            @Override
            public Object create(Integer key) {
                return new Object();
            }

            @Override
            public PooledObject<Object> wrap(Object value) {
                return new DefaultPooledObject<>(value);
            }
        }, config);
        return new PoolContender() {
            @Override
            public void acquireAndRelease(Integer key) throws Exception {
                pool.returnObject(key, pool.borrowObject(key));
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }
}
