package dev.mailroom.console.launch;

import fish.payara.micro.boot.PayaraMicroBoot;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;

/** Starts the runnable jar; every argument is Payara Micro's. Exit code 1 = the console could not be started. */
public final class Main {
    /** The application's banner: the port in, the text out. */
    private static final String BANNER = "java:global/mailroom-console/StartBanner";
    private static final String ADDRESS = "mailroom.console.address";

    private Main() {
    }

    /** Returns once the server is ready; its threads keep the process alive until it is stopped. */
    public static void main(String[] args) {
        // Until the server reads its own logging configuration the JDK's default is in force.
        Logger.getLogger("").setLevel(Level.WARNING);
        listenOn(Optional.ofNullable(System.getenv("MAILROOM_CONSOLE_ADDRESS")).orElse("127.0.0.1"));
        try {
            PayaraMicroBoot server = PayaraMicroLauncher.create(args);
            if (server.getUberJar() == null) {
                List<Integer> ports = server.getRuntime().getLocalDescriptor().getHttpPorts();
                var banner = (IntFunction<?>) new InitialContext().lookup(BANNER);
                System.out.println(banner.apply(ports.isEmpty() ? 0 : ports.get(0)));
                ConsoleLog.started();
            }
        } catch (Exception e) {
            ConsoleLog.remember(e);
            System.err.println(StartFailure.explain(ConsoleLog.failures()));
            System.exit(1);
        }
    }

    /** The server's listeners take their address from this property: see pre-boot-commands.txt. */
    private static void listenOn(String otherwise) {
        if (System.getProperty(ADDRESS) == null) {
            System.setProperty(ADDRESS, otherwise);
        }
    }
}
