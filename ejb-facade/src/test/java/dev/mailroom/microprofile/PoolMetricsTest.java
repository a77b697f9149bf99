package dev.mailroom.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.PoolRow;
import dev.mailroom.PoolRow.Spread;
import dev.mailroom.Receipt;
import dev.mailroom.Secret;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpEvent;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.Documentation;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.Test;

class PoolMetricsTest {
    private static final Receipt SENT = new Receipt(SmtpReply.of(250, "ok"), List.of());

    /** What is registered: how to read it, by id. */
    private final Map<MetricID, Function<Object, Number>> registered = new TreeMap<>();
    private final Set<String> known = new HashSet<>();
    private final SmtpPool pool = (SmtpPool) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] {SmtpPool.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "session" -> Optional.of((String) arguments[0]).filter(known::contains).map(id -> row());
                case "total" -> row();
                default -> throw new AssertionError("metrics must not ask for " + method);
            });
    private final PoolMetrics metrics = new PoolMetrics(registry(), pool);

    @Test
    void mailsAndFailuresAreCountedUnderTheSessionsTags() {
        SessionKey ann = meet("ann");
        metrics.on(new SmtpEvent.MailSent(ann, SENT, Duration.ZERO));
        metrics.on(new SmtpEvent.MailSent(ann, SENT, Duration.ZERO));
        metrics.on(new SmtpEvent.RequestFailed(ann, Failure.before(Phase.CONNECT, "no", settings("ann")),
                Duration.ZERO));
        metrics.on(new SmtpEvent.ConnectionDiscarded(ann, "IDLE_TIMEOUT"));
        assertEquals(2.0, read("mailroom.messages", "user=\"ann\""));
        assertEquals(1.0, read("mailroom.failures", "phase=\"connect\""));
        assertEquals(1.0, read("mailroom.connections.discarded", "reason=\"idle_timeout\""));
        assertEquals(3.0, read("mailroom.session.open", "user=\"ann\""));
        assertEquals(0.002, read("mailroom.session.wait.seconds", "quantile=\"0.5\""));
    }

    @Test
    void twoIdentitiesOfOneUserAreOneRow() {
        SessionKey old = meet("ann");
        SessionKey changed = settings("ann").withSecret(Secret.password("changed")).session();
        known.add(changed.id());
        metrics.on(new SmtpEvent.SessionKnown(changed));
        assertEquals(6.0, read("mailroom.session.open", "user=\"ann\""));
        forget(old);
        assertEquals(3.0, read("mailroom.session.open", "user=\"ann\""));
        forget(changed);
        assertEquals(Set.of(), registered.keySet());
    }

    @Test
    void aThousandUsersDoNotFloodTheMonitoring() {
        for (int i = 0; i < 1000; i++) {
            metrics.on(new SmtpEvent.MailSent(meet("user" + i), SENT, Duration.ZERO));
        }
        long tagSets = registered.keySet().stream().filter(id -> id.getName().equals("mailroom.messages")).count();
        assertEquals(PoolMetrics.MOST_TAGGED + 1, tagSets);
        assertEquals(900.0, read("mailroom.messages", "user=\"other\""));
    }

    @Test
    void aLateNewsOfForgettingTakesNothingFromASessionThatIsBack() {
        SessionKey ann = meet("ann");
        metrics.on(new SmtpEvent.SessionForgotten(ann));
        assertEquals(3.0, read("mailroom.session.open", "user=\"ann\""));
    }

    @Test
    void nothingIsLeftInTheRegistryAtTheEnd() {
        metrics.start(this);
        metrics.on(new SmtpEvent.RequestFailed(meet("ann"), Failure.before(Phase.AUTH, "no", settings("ann")),
                Duration.ZERO));
        assertEquals(3.0, read("mailroom.pool.open", ""));
        metrics.end();
        assertEquals(Set.of(), registered.keySet());
    }

    @Test
    void thePageNamesEveryMetric() {
        metrics.start(this);
        SessionKey ann = meet("ann");
        metrics.on(new SmtpEvent.RequestFailed(ann, Failure.before(Phase.AUTH, "no", settings("ann")), Duration.ZERO));
        metrics.on(new SmtpEvent.ConnectionDiscarded(ann, "BROKEN"));
        String page = Documentation.text("docs/administration.md");
        registered.keySet().stream().map(MetricID::getName).forEach(name -> assertTrue(
                page.contains("`" + name + "`")
                        || page.contains("`" + name.replaceFirst("(mailroom\\.\\w+).*", "$1") + ".")
                        && page.contains("`" + name.replaceFirst("mailroom\\.\\w+", "") + "`"), name));
    }

    private SessionKey meet(String user) {
        SessionKey key = settings(user).session();
        known.add(key.id());
        metrics.on(new SmtpEvent.SessionKnown(key));
        return key;
    }

    private void forget(SessionKey key) {
        known.remove(key.id());
        metrics.on(new SmtpEvent.SessionForgotten(key));
    }

    private double read(String name, String tag) {
        List<Function<Object, Number>> found = registered.entrySet().stream()
                .filter(e -> e.getKey().getName().equals(name) && e.getKey().toString().contains(tag))
                .map(Map.Entry::getValue).collect(Collectors.toList());
        assertEquals(1, found.size(), () -> name + " " + tag + " in " + registered.keySet());
        return found.get(0).apply(null).doubleValue();
    }

    private static SmtpSettings settings(String user) {
        return SmtpSettings.of(user, "mx.example.org", 587);
    }

    private static PoolRow row() {
        Spread spread = new Spread(1, Duration.ofMillis(9), Duration.ofMillis(2), Duration.ofMillis(3),
                Duration.ofMillis(4));
        return new PoolRow("id", Optional.empty(), false, new PoolRow.Limits(9, 9, 0),
                new PoolRow.Places(3, 2, 1, 0, false), new PoolRow.Counts(0, 0, 0, 0, Map.of(), 0, Map.of()),
                spread, spread);
    }

    /** A registry as small as what the metrics use. */
    private MetricRegistry registry() {
        return (MetricRegistry) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {MetricRegistry.class}, (proxy, method, arguments) -> {
                    MetricID id = id(arguments[0], arguments[arguments.length - 1]);
                    switch (method.getName()) {
                        case "gauge" -> {
                            @SuppressWarnings("unchecked")
                            Function<Object, Number> number = (Function<Object, Number>) arguments[2];
                            registered.putIfAbsent(id, nothing -> number.apply(arguments[1]));
                            return null;
                        }
                        case "counter" -> {
                            AtomicLong count = new AtomicLong();
                            registered.putIfAbsent(id, nothing -> count.get());
                            return counter(count);
                        }
                        case "remove" -> {
                            return registered.remove(id) != null;
                        }
                        default -> throw new AssertionError(method.toString());
                    }
                });
    }

    /** By their metadata, which must have a text, and their tags; what is removed has an id. */
    private static MetricID id(Object what, Object tags) {
        if (what instanceof MetricID given) {
            return given;
        }
        Metadata metadata = (Metadata) what;
        assertTrue(metadata.description().orElse("").contains(" "), metadata::toString);
        return new MetricID(metadata.getName(), (Tag[]) tags);
    }

    private static Counter counter(AtomicLong count) {
        return new Counter() {
            @Override
            public void inc() {
                count.incrementAndGet();
            }

            @Override
            public void inc(long n) {
                count.addAndGet(n);
            }

            @Override
            public long getCount() {
                return count.get();
            }
        };
    }
}
