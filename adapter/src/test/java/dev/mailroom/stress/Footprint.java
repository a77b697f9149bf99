package dev.mailroom.stress;

import dev.mailroom.TlsMode;
import dev.mailroom.testing.SinkSettings;
import dev.mailroom.testing.TestCertificates;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.ObjectName;

/** How much heap an idle session holds; in a JVM of its own, where nothing else comes and goes. */
final class Footprint {
    private static final int SESSIONS = 100;

    private Footprint() {
    }

    /** Arguments: what the server offers, what the sessions want. Prints bytes a session. */
    public static void main(String[] args) throws Exception {
        SinkSettings offer = SinkSettings.ALL.withAuth().with(SinkSettings.Tls.valueOf(args[0]));
        try (WholeAdapter house = new WholeAdapter(offer, TlsMode.valueOf(args[1]))) {
            // As many before: classes and caches are there when it counts.
            house.open(0, SESSIONS);
            long before = heap();
            house.open(SESSIONS, 2 * SESSIONS);
            System.out.println((heap() - before) / SESSIONS);
        }
    }

    /** What the objects in use occupy: the last line of the class histogram. "Used" memory has dead ones in it. */
    private static long heap() throws Exception {
        String histogram = "";
        for (int i = 0; i < 3; i++) {
            histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
        }
        String[] total = histogram.substring(histogram.lastIndexOf("Total")).strip().split("\\s+");
        return Long.parseLong(total[2]);
    }

    /** Runs {@link #main} elsewhere. */
    static long bytesAnIdleSession(SinkSettings.Tls offered, TlsMode tls) throws Exception {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-Xmx256m", TestCertificates.get().jvmArgument(),
                "-cp", System.getProperty("java.class.path"),
                Footprint.class.getName(), offered.name(), tls.name()))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = process.inputReader()) {
            return Long.parseLong(lines.readLine());
        } finally {
            process.destroy();
        }
    }
}
