package dev.mailroom.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Envelope;
import dev.mailroom.Mail;
import dev.mailroom.MailData;
import dev.mailroom.SmtpConnection;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXAuthenticator;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXPrincipal;
import javax.management.remote.JMXServiceURL;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;

class ManagedBeansTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final Mail MAIL = new Mail(
            Envelope.of("ann@example.org", List.of("bob@example.org")), MailData.of(new byte[] {'x'}));

    @Test
    void aSessionIsVisibleWithItsNumbersAsLongAsThePoolKnowsIt() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().user("ann", "hush hush").start();
                OneApplication shop = new OneApplication("shop 1")) {
            SmtpSettings ann = OneApplication.settings("ann", server.port());
            try (SmtpConnection connection = shop.manager.connections().getConnection(ann)) {
                connection.send(MAIL);
                assertEquals(1, JMX.getAttribute(session("shop 1"), "InUse"));
            }
            ObjectName name = session("shop 1");
            assertEquals("ann", ObjectName.unquote(name.getKeyProperty("user")));
            assertEquals("127.0.0.1", ObjectName.unquote(name.getKeyProperty("host")));
            assertEquals(String.valueOf(server.port()), name.getKeyProperty("port"));
            assertEquals(1L, JMX.getAttribute(name, "Messages"));
            assertEquals(1L, JMX.getAttribute(name, "Opened"));
            assertEquals(1, JMX.getAttribute(name, "Idle"));
            assertEquals(3, JMX.getAttribute(name, "Limit"));
            assertEquals(true, JMX.getAttribute(name, "Authenticated"));
            CompositeData waits = (CompositeData) JMX.getAttribute(name, "WaitTimes");
            assertEquals(1L, waits.get("count"));
            assertTrue((double) waits.get("p99") > 0);
            assertEquals(1L, JMX.getAttribute(pool("shop 1"), "Messages"));

            JMX.invoke(name, "drop", new Object[0], new String[0]);
            assertEquals(Set.of(), sessions("shop 1"));
            server.awaitOpenConnections(0, Duration.ofSeconds(30));
        }
    }

    @Test
    void whatAnAdministratorDoesTakesEffect() throws Exception {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.builder().user("ann", "hush hush").start();
                OneApplication shop = new OneApplication("shop 2")) {
            shop.manager.connections().getConnection(OneApplication.settings("ann", server.port())).close();
            ObjectName name = session("shop 2");
            JMX.invoke(name, "resize", new Object[] {7}, new String[] {"int"});
            assertEquals(7, JMX.getAttribute(name, "Limit"));
            JMX.invoke(name, "suspend", new Object[0], new String[0]);
            assertEquals(true, JMX.getAttribute(name, "Suspended"));
            JMX.invoke(name, "resume", new Object[0], new String[0]);
            assertEquals(false, JMX.getAttribute(name, "Suspended"));
            JMX.invoke(pool("shop 2"), "flushIdle", new Object[0], new String[0]);
            assertEquals(0, JMX.getAttribute(name, "Idle"));
            TabularData discarded = (TabularData) JMX.getAttribute(name, "Discarded");
            assertEquals(1L, discarded.get(new Object[] {"FLUSHED"}).get("value"));
            JMX.invoke(pool("shop 2"), "flush", new Object[0], new String[0]);
            assertThrows(Exception.class, () -> JMX.invoke(name, "resize", new Object[] {0}, new String[] {"int"}));
        }
    }

    @Test
    void everyBeanAttributeOperationAndParameterSaysWhatItIs() throws Exception {
        try (OneApplication shop = new OneApplication("shop 4")) {
            shop.meet("ann");
            for (ObjectName name : List.of(pool("shop 4"), session("shop 4"))) {
                MBeanInfo bean = JMX.getMBeanInfo(name);
                List<MBeanFeatureInfo> features = new ArrayList<>(List.of(bean.getAttributes()));
                features.addAll(List.of(bean.getOperations()));
                for (MBeanOperationInfo operation : bean.getOperations()) {
                    features.addAll(List.of(operation.getSignature()));
                    assertEquals(MBeanOperationInfo.ACTION, operation.getImpact());
                }
                assertTrue(features.size() > 20);
                features.forEach(one -> assertTrue(one.getDescription().matches(".*\\.|.*, .*"), one.toString()));
                assertTrue(bean.getDescription().contains("pool"));
            }
            MBeanOperationInfo resize = Arrays.stream(JMX.getMBeanInfo(pool("shop 4")).getOperations())
                    .filter(one -> one.getName().equals("resize")).findFirst().orElseThrow();
            assertEquals("limit", resize.getSignature()[0].getName());
        }
    }

    @Test
    void whatAnAdministratorDoesIsALineWithWhoFromWhereAndWhat() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Logger audit = Logger.getLogger("dev.mailroom.audit");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                lines.add(entry.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        audit.addHandler(handler);
        JMXAuthenticator everybody = credentials ->
                new Subject(true, Set.of(new JMXPrincipal(((String[]) credentials)[0])), Set.of(), Set.of());
        JMXConnectorServer remote = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://127.0.0.1"), Map.of(JMXConnectorServer.AUTHENTICATOR, everybody),
                JMX);
        remote.start();
        try (OneApplication shop = new OneApplication("shop 5")) {
            shop.meet("ann\u202e");
            JMX.invoke(pool("shop 5"), "resize", new Object[] {7}, new String[] {"int"});
            try (JMXConnector client = JMXConnectorFactory.connect(remote.getAddress(),
                    Map.of(JMXConnector.CREDENTIALS, new String[] {"ops", "secret"}))) {
                client.getMBeanServerConnection().invoke(session("shop 5"), "suspend", new Object[0], new String[0]);
            }
            assertEquals("MR0701 somebody without a login from this machine by JMX "
                    + "set to 7 the limit of the whole pool", lines.get(0));
            assertTrue(lines.get(1).matches("MR0701 ops from [\\d.]+ by JMX suspended session ann\\\\u202e at .*"),
                    lines.get(1));
        } finally {
            remote.stop();
            audit.removeHandler(handler);
        }
    }

    @Test
    void aStrangeUserNameIsQuotedAndNoSecretIsShown() throws Exception {
        try (OneApplication shop = new OneApplication("shop=3,\"x\"")) {
            shop.meet("o'neil,*=\"?\\ end");
            ObjectName name = session("shop=3,\"x\"");
            assertEquals("o'neil,*=\"?\\ end", ObjectName.unquote(name.getKeyProperty("user")));
            assertFalse(name.toString().contains("hush"));
            for (MBeanAttributeInfo attribute : JMX.getMBeanInfo(name).getAttributes()) {
                assertFalse(String.valueOf(JMX.getAttribute(name, attribute.getName())).contains("hush"));
            }
            TabularData failures = (TabularData) JMX.getAttribute(name, "Failures");
            assertEquals(1L, failures.get(new Object[] {"CONNECT"}).get("value"));
        }
    }

    @Test
    void twoApplicationsOfOneNameDoNotClashAndEachTakesOnlyItsOwnAway() throws Exception {
        try (OneApplication first = new OneApplication("twin")) {
            try (OneApplication second = new OneApplication("twin")) {
                first.meet("ann");
                second.meet("ann");
                assertEquals(1, sessions("twin").size());
                assertEquals(1, sessions("twin-2").size());
            }
            assertEquals(1, sessions("twin").size());
            assertEquals(Set.of(), sessions("twin-2"));
            assertTrue(JMX.isRegistered(pool("twin")));
        }
        assertFalse(JMX.isRegistered(pool("twin")));
        assertEquals(Set.of(), sessions("twin"));
    }

    @Test
    void afterUndeploymentNothingKeepsTheClassLoader() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            loaders.add(deployAndUndeploy());
        }
        // The JDK remembers the last of them until the next comes; a leak would keep them all.
        List<WeakReference<ClassLoader>> earlier = loaders.subList(0, 4);
        for (int i = 0; i < 50 && earlier.stream().anyMatch(loader -> loader.get() != null); i++) {
            System.gc();
            // Soft and weak references of JMX go with memory pressure at the latest.
            assertEquals(1 << 24, new byte[1 << 24].length);
        }
        for (WeakReference<ClassLoader> loader : earlier) {
            assertNull(loader.get(), "something keeps the application's class loader");
        }
    }

    private static WeakReference<ClassLoader> deployAndUndeploy() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(new File(entry).toURI().toURL());
        }
        try (URLClassLoader loader = new URLClassLoader(
                urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> type = loader.loadClass(OneApplication.class.getName());
            try (AutoCloseable application = (AutoCloseable) type.getConstructor(String.class).newInstance("gone")) {
                type.getMethod("meet", String.class).invoke(application, "ann");
                assertEquals(1, sessions("gone").size());
                JMX.getAttribute(sessions("gone").iterator().next(), "WaitTimes");
            }
            assertEquals(Set.of(), sessions("gone"));
            return new WeakReference<>(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(ManagedBeansTest.class.getClassLoader());
        }
    }

    private static ObjectName pool(String application) throws Exception {
        return new ObjectName("dev.mailroom:type=Pool,application=" + ObjectName.quote(application));
    }

    private static ObjectName session(String application) throws Exception {
        Set<ObjectName> found = sessions(application);
        assertEquals(1, found.size());
        return found.iterator().next();
    }

    private static Set<ObjectName> sessions(String application) throws Exception {
        return JMX.queryNames(new ObjectName("dev.mailroom:type=Session,application="
                + ObjectName.quote(application) + ",*"), null);
    }
}
