package dev.mailroom.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.PoolRow;
import dev.mailroom.Secret;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpListener;
import dev.mailroom.SmtpPool;
import dev.mailroom.SmtpSettings;
import dev.mailroom.jmx.ManagedBeans;
import dev.mailroom.pool.PoolSettings;
import dev.mailroom.testing.Identities;
import dev.mailroom.watch.Listeners;
import dev.mailroom.watch.MailCounts;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two sessions that differ in one part of their identity, whichever it is, are two wherever an administrator looks. */
class TwinSessionsTest {
    private static final SmtpSettings BILLING =
            SmtpSettings.of("shop", "mx.example.org", 587).withSecret(Secret.password("right"));
    private static final Mail MAIL = new Mail(
            Envelope.of("bob@example.org", List.of("ann@example.org")), MailData.of(new byte[] {'x'}));
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private final MailCounts counts = new MailCounts();
    private final AtomicReference<ManagedBeans> beans = new AtomicReference<>();
    private final KeyedConnectionManager manager = new KeyedConnectionManager(
            new SmtpManagedConnectionFactory(new FakeTransports()), PoolSettings.DEFAULTS,
            new Listeners(List.<SmtpListener>of(counts, event -> beans.get().on(event))));
    private final SmtpPool view = manager.view(counts);

    @BeforeEach
    void show() {
        beans.set(new ManagedBeans(JMX, view, () -> 0, "twins"));
    }

    @AfterEach
    void close() {
        beans.get().close();
        manager.close();
    }

    private static Stream<SmtpSettings> twins() {
        return Identities.differingInOnePart(BILLING).values().stream();
    }

    private String use(SmtpSettings settings) throws SmtpException {
        try (SmtpConnection connection = manager.connections().getConnection(settings)) {
            connection.send(MAIL);
        }
        return settings.session().id();
    }

    private PoolRow row(String id) {
        return view.session(id).orElseThrow();
    }

    private static Set<ObjectName> shown() throws MalformedObjectNameException {
        return JMX.queryNames(new ObjectName("dev.mailroom:type=Session,application=\"twins\",*"), null);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void theyHaveTwoIdsTwoRowsAndTwoMBeans(SmtpSettings digest) throws Exception {
        Set<String> ids = Set.of(use(BILLING), use(digest));
        assertEquals(2, view.sessions().size());
        for (String id : ids) {
            assertEquals(1, row(id).counts().messages());
            assertEquals(1, row(id).places().open());
        }
        assertEquals(2, shown().size());
        for (ObjectName name : shown()) {
            assertTrue(ids.contains(name.getKeyProperty("id")), name.toString());
            assertEquals(1L, JMX.getAttribute(name, "Messages"));
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void eachOperationActsOnItsOwn(SmtpSettings digest) throws Exception {
        String one = use(BILLING);
        String other = use(digest);
        view.resize(one, 7);
        assertEquals(7, row(one).limits().connections());
        assertEquals(BILLING.limits().maxConnections(), row(other).limits().connections());
        view.suspend(one);
        assertTrue(row(one).places().suspended());
        assertFalse(row(other).places().suspended());
        view.resume(one);
        view.flushIdle(one);
        assertEquals(0, row(one).places().open());
        assertEquals(1, row(other).places().open());
        use(BILLING);
        view.flush(one);
        assertEquals(0, row(one).places().open());
        assertEquals(1, row(other).places().open());
        use(BILLING);
        view.drop(one);
        assertTrue(view.session(one).isEmpty());
        assertEquals(List.of(other), view.sessions().stream().map(PoolRow::id).toList());
        assertEquals(1, row(other).places().open());
        assertEquals(1, shown().size());
        assertEquals(other, shown().iterator().next().getKeyProperty("id"));
        assertEquals(1, manager.pool().total().open());
    }
}
