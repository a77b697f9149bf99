package dev.mailroom.console.launch;

import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Starts the runnable jar; every argument is Payara Micro's. Exit code 1 = the console could not be started. */
public final class Main {
    /** The application's banner: a function of scheme with host, and port. */
    private static final String BANNER = "java:global/mailroom-console/StartBanner";

    private Main() {
    }

    /** Returns once the server is ready; its threads keep the process alive until it is stopped. */
    public static void main(String[] args) {
        // Until the server reads its own logging configuration the JDK's default is in force.
        Logger.getLogger("").setLevel(Level.WARNING);
        stopQuietly();
        try {
            start(args);
        } catch (Exception e) {
            ConsoleLog.remember(e);
            System.err.println(new StartFailure(ConsoleLog.kept()).explain());
            // Everything is said; the server would add that it need not be shut down.
            System.setErr(new PrintStream(OutputStream.nullOutputStream()));
            System.exit(1);
        }
    }

    private static void start(String[] args) throws Exception {
        ListenAddress address = ListenAddress.configured(
                Optional.ofNullable(System.getProperty(ListenAddress.KEY)),
                Optional.ofNullable(System.getenv(ListenAddress.VARIABLE)));
        Exposure exposure = Exposure.configured(address, args, System::getProperty, System::getenv);
        refuse(exposure);
        Optional<TlsKey> key = exposure.tls() ? TlsKey.configured(args, System::getProperty) : Optional.empty();
        System.setProperty(ListenAddress.KEY, address.text());
        System.setProperty(Exposure.PLAIN_ADDRESS, exposure.plainAddress());
        TemporaryFolder folder = TemporaryFolder.claim(Path.of(System.getProperty("java.io.tmpdir")));
        String temporary = folder.path().toString();
        // The first is where the server unpacks itself, the second where older Java versions make temporary files.
        System.setProperty("glassfish.embedded.tmpdir", temporary);
        System.setProperty("java.io.tmpdir", temporary);
        PayaraMicroBoot server = PayaraMicroLauncher.getBootClass();
        HttpListeners listeners = HttpListeners.heldBack(server, exposure.plainAddress(), address.text(),
                folder::empty);
        boot(server, key.map(own -> own.in(args)).orElse(args));
        if (server.getUberJar() == null) {
            Exposure found = exposure.withTls(listeners.port(HttpListeners.TLS).isPresent());
            refuse(found);
            listeners.open();
            welcome(found, listeners);
        }
    }

    /** As the launcher does; but the launcher would make a server of its own, which nobody has held back. */
    private static void boot(PayaraMicroBoot server, String[] arguments) throws Exception {
        try {
            server.getClass().getMethod("create", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void refuse(Exposure exposure) {
        exposure.refusal().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
    }

    private static void welcome(Exposure exposure, HttpListeners listeners) throws NamingException {
        String host = exposure.address().host();
        String listener = exposure.tls() ? HttpListeners.TLS : HttpListeners.PLAIN;
        System.out.println(banner().apply((exposure.tls() ? "https://" : "http://") + host,
                listeners.port(listener).orElseThrow()));
        ConsoleLog.started();
        System.Logger log = System.getLogger("dev.mailroom.console.launch");
        exposure.warnings().forEach(warning -> log.log(System.Logger.Level.WARNING, warning));
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<String, Integer, String> banner() throws NamingException {
        return (BiFunction<String, Integer, String>) new InitialContext().lookup(BANNER);
    }

    /** The server's connector runtime prints its tables when it stops; everything of interest is logged. */
    private static void stopQuietly() {
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> System.setOut(new PrintStream(OutputStream.nullOutputStream()))));
    }
}
