package dev.mailroom.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpSettings;
import dev.mailroom.pool.DiscardReason;
import dev.mailroom.pool.Exhaustion;
import dev.mailroom.pool.Holder;
import dev.mailroom.pool.PoolEvent;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PoolEventsTest {
    private static final SessionKey BOB = SmtpSettings.of("bob", "mx.example.org", 587).session();

    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            Object.class, BOB,
            Duration.class, Duration.ofMillis(3),
            Throwable.class, new IllegalStateException("no"),
            DiscardReason.class, DiscardReason.IDLE_TIMEOUT,
            Exhaustion.class, new Exhaustion(Exhaustion.Cause.CLOSED, "bob", Duration.ZERO,
                    new Exhaustion.KeyUse(1, 1, 1, 0, 0), new Exhaustion.PoolUse(1, 2),
                    new Exhaustion.Openings("mx.example.org", 0), List.of(), List.of()),
            Holder.class, new Holder("bob", "main", Duration.ofSeconds(9), List.of()),
            int.class, 7);

    private final List<SmtpEvent> told = new ArrayList<>();
    private final PoolEvents events = new PoolEvents(told::add, key -> true, key -> { });

    static Stream<Class<?>> kinds() {
        return Arrays.stream(PoolEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyEventOfThePoolIsToldOnceAsOneOfItsSession(Class<?> kind) throws Exception {
        events.on(sample(kind));
        assertEquals(List.of(BOB), told.stream().map(SmtpEvent::session).toList());
    }

    @Test
    void noTwoKindsOfEventsBecomeTheSame() throws Exception {
        for (Class<?> kind : kinds().toList()) {
            events.on(sample(kind));
        }
        assertEquals(told.size(), new HashSet<>(told.stream().map(Object::getClass).toList()).size());
    }

    @SuppressWarnings("unchecked")
    private static PoolEvent<SessionKey> sample(Class<?> kind) throws Exception {
        Constructor<?> constructor = kind.getDeclaredConstructors()[0];
        Object[] values = Arrays.stream(constructor.getParameterTypes()).map(SAMPLES::get).toArray();
        return (PoolEvent<SessionKey>) constructor.newInstance(values);
    }
}
