package dev.mailroom.console.launch;

import fish.payara.micro.ClusterCommandResult;
import fish.payara.micro.boot.AdminCommandRunner;
import fish.payara.micro.boot.PayaraMicroBoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The server's HTTP listeners. They are opened when the console is ready and closed before anything of it stops: until
 * then and from then on a connection is refused. The server by itself would listen first and stop listening last, and
 * give wrong answers (404, 500 without a body) while the console is not whole.
 */
final class HttpListeners {
    static final String PLAIN = "http-listener";
    static final String TLS = "https-listener";

    private static final String CONFIGURATION =
            "configs.config.server-config.network-config.network-listeners.network-listener.";
    /** The first thing that the server does when it is told to stop; it waits for those who are told. */
    private static final String STOPPING = "prepare_shutdown";
    /** The last thing. */
    private static final String STOPPED = "server_shutdown";

    /** Where each may listen. */
    private final Map<String, String> addresses;
    /** Where each that is wanted listens. */
    private final Map<String, InetSocketAddress> wanted = new LinkedHashMap<>();
    private volatile AdminCommandRunner commands;
    private final Runnable afterwards;
    private boolean stopping;

    private HttpListeners(Map<String, String> addresses, Runnable afterwards) {
        this.addresses = addresses;
        this.afterwards = afterwards;
    }

    /**
     * Keeps those closed that arguments and configuration would have opened, from the server's start on.
     *
     * @param plain the address of the listener without TLS, {@code tls} of the one with it
     * @param afterwards run when the server has stopped
     */
    static HttpListeners heldBack(PayaraMicroBoot server, String plain, String tls, Runnable afterwards) {
        var listeners = new HttpListeners(Map.of(PLAIN, plain, TLS, tls), afterwards);
        server.setPreBootHandler(listeners::holdBack);
        server.setPostBootHandler(listeners::booted);
        return listeners;
    }

    private void booted(AdminCommandRunner runner) {
        commands = runner;
        try {
            closeBeforeTheServerStops();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this is another server than the jar was built with", e);
        }
    }

    private void holdBack(AdminCommandRunner configuring) {
        for (String name : List.of(PLAIN, TLS)) {
            if (get(configuring, name, "enabled").equals("true")) {
                enable(configuring, name, false);
                int port = Integer.parseInt(get(configuring, name, "port"));
                wanted.put(name, new InetSocketAddress(addresses.get(name), port));
                requireFree(name);
            }
        }
    }

    /**
     * Opens them, until the server begins to stop; if it has begun already they stay closed.
     *
     * @throws IllegalStateException when one cannot be opened
     * @throws UncheckedIOException when somebody else has taken its port
     */
    synchronized void open() {
        for (String name : stopping ? Set.<String>of() : wanted.keySet()) {
            // Somebody may have taken it meanwhile, and the server would not say so.
            requireFree(name);
            enable(commands, name, true);
            if (isFree(name)) {
                throw new IllegalStateException("the server did not open " + wanted.get(name));
            }
        }
    }

    private void requireFree(String name) {
        if (!isFree(name)) {
            throw new UncheckedIOException(new BindException(wanted.get(name) + " is in use"));
        }
    }

    private boolean isFree(String name) {
        try (var probe = new ServerSocket()) {
            probe.bind(wanted.get(name));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(ListenAddress.KEY + "=" + addresses.get(name)
                    + " cannot be listened at: " + e.getMessage(), e);
        }
    }

    /** The port of one; empty = it is not wanted. */
    Optional<Integer> port(String name) {
        return Optional.ofNullable(wanted.get(name)).map(InetSocketAddress::getPort);
    }

    private synchronized void close() {
        stopping = true;
        wanted.keySet().forEach(name -> enable(commands, name, false));
    }

    private static void enable(AdminCommandRunner runner, String name, boolean enabled) {
        run(runner, "set", CONFIGURATION + name + ".enabled=" + enabled);
    }

    private static String get(AdminCommandRunner runner, String name, String attribute) {
        String key = CONFIGURATION + name + "." + attribute + "=";
        String output = run(runner, "get", key.substring(0, key.length() - 1)).getOutput();
        return output.substring(output.indexOf(key) + key.length()).lines().findFirst().orElseThrow().strip();
    }

    private static ClusterCommandResult run(AdminCommandRunner runner, String command, String argument) {
        ClusterCommandResult result = runner.run(command, argument);
        if (result.getExitStatus() == ClusterCommandResult.ExitStatus.FAILURE) {
            throw new IllegalStateException(command + " " + argument + ": " + result.getOutput(),
                    result.getFailureCause());
        }
        return result;
    }

    /** The server's own classes are known to its class loader only. */
    private void closeBeforeTheServerStops() throws ReflectiveOperationException {
        ClassLoader server = Thread.currentThread().getContextClassLoader();
        Class<?> events = server.loadClass("org.glassfish.api.event.Events");
        Class<?> listener = server.loadClass("org.glassfish.api.event.EventListener");
        Object services = server.loadClass("org.glassfish.internal.api.Globals")
                .getMethod("getDefaultBaseServiceLocator").invoke(null);
        Object found = services.getClass().getMethod("getService", Class.class, Annotation[].class)
                .invoke(services, events, new Annotation[0]);
        events.getMethod("register", listener).invoke(found, Proxy.newProxyInstance(server, new Class<?>[] {listener},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "toString" -> HttpListeners.class.getName();
                    default -> told(arguments[0]);
                }));
    }

    private Object told(Object event) throws ReflectiveOperationException {
        Object name = event.getClass().getMethod("name").invoke(event);
        if (name.equals(STOPPING)) {
            close();
        } else if (name.equals(STOPPED)) {
            afterwards.run();
        }
        return null;
    }
}
