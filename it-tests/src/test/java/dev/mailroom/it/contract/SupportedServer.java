package dev.mailroom.it.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What differs between the servers that keep the contract: how they are started, and what an application adds. */
interface SupportedServer {
    /** The one that this build asks for: {@code mailroom.it.server}, set by its Maven profile. */
    static SupportedServer asked() {
        String name = System.getProperty("mailroom.it.server", "payara-micro");
        Path home = Path.of(System.getProperty("mailroom.it.server-home"));
        return switch (name) {
            case "payara-micro" -> PayaraMicro.quick();
            case "payara-micro-jar" -> PayaraMicro.of(home);
            case "wildfly" -> new WildFly(home);
            case "liberty" -> new OpenLiberty(home);
            case "glassfish" -> new GlassFish(home);
            case "tomee" -> new TomEE(home);
            default -> throw new IllegalArgumentException("mailroom.it.server=" + name
                    + ": expected payara-micro, payara-micro-jar, wildfly, liberty, glassfish or tomee");
        };
    }

    /** The JDK that runs the server, which may be newer than the test's. */
    static Path java() {
        return Path.of(System.getProperty("mailroom.it.java-home", System.getProperty("java.home")));
    }

    /** As in the documentation's table. */
    String name();

    /** What Jakarta EE does not promise and this server does not have: libraries of the application. */
    List<Class<?>> libraries();

    /**
     * Prepares a directory, where it is told to keep everything, and says how to start it there.
     *
     * @param directory the same after a crash
     * @param port where it answers HTTP; others may be derived from it
     * @param jvm options of the JVM, system properties
     */
    Start prepare(Path directory, Path war, int port, List<String> jvm) throws IOException;

    /** The same, where an administrator gives {@link #libraries} to all applications. */
    default SupportedServer sharing() {
        return this;
    }

    /**
     * The same with Mailroom's resource adapter and a pool for it, as the documentation says.
     *
     * @throws UnsupportedOperationException where other tests have that
     */
    default SupportedServer pooling() {
        throw new UnsupportedOperationException(name());
    }

    /** Where that pool is bound. */
    default String pool() {
        return "eis/mailroom";
    }

    /** What the application that stays needs, so that others can come and go. */
    default WebArchive host(WebArchive war) {
        return war;
    }

    /** Brings an application while the server runs. */
    void deploy(RunningServer host, Path war) throws IOException;

    /** Takes away an application that was brought while the server ran. */
    void undeploy(RunningServer host, String name) throws IOException;

    /**
     * How to start it.
     *
     * @param environment in addition to the test's
     */
    record Start(List<String> command, Map<String, String> environment) {
    }
}
