package dev.mailroom.console.launch;

import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.PayaraMicroLauncher;
import fish.payara.micro.data.InstanceDescriptor;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Starts the runnable jar; every argument is Payara Micro's. Exit code 1 = the console could not be started. */
public final class Main {
    /** The application's banner: host and port in, the text out. */
    private static final String BANNER = "java:global/mailroom-console/StartBanner";

    private Main() {
    }

    /** Returns once the server is ready; its threads keep the process alive until it is stopped. */
    public static void main(String[] args) {
        // Until the server reads its own logging configuration the JDK's default is in force.
        Logger.getLogger("").setLevel(Level.WARNING);
        stopQuietly();
        ListenAddress address = ListenAddress.configured(
                Optional.ofNullable(System.getProperty(ListenAddress.KEY)),
                Optional.ofNullable(System.getenv(ListenAddress.VARIABLE)));
        System.setProperty(ListenAddress.KEY, address.text());
        try {
            PayaraMicroBoot server = PayaraMicroLauncher.create(args);
            if (server.getUberJar() == null) {
                welcome(address, server.getRuntime().getLocalDescriptor());
            }
        } catch (Exception e) {
            ConsoleLog.remember(e);
            System.err.println(new StartFailure(ConsoleLog.kept()).explain());
            System.exit(1);
        }
    }

    private static void welcome(ListenAddress address, InstanceDescriptor ready) throws NamingException {
        Integer port = ready.getHttpPorts().stream().findFirst().orElseThrow();
        System.out.println(banner().apply(address.host(), port));
        ConsoleLog.started();
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
