package dev.mailroom.it.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** With {@code -Dmailroom.docs.write=true}, remembers what passed on this server, for the documentation's table. */
final class ContractReport implements TestWatcher, AfterAllCallback {
    private final Map<String, Boolean> passed = new TreeMap<>();

    @Override
    public void testSuccessful(ExtensionContext test) {
        ended(test, true);
    }

    @Override
    public void testFailed(ExtensionContext test, Throwable cause) {
        ended(test, false);
    }

    private void ended(ExtensionContext test, boolean good) {
        passed.merge(test.getRequiredTestMethod().getName(), good, Boolean::logicalAnd);
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (Boolean.getBoolean("mailroom.docs.write")) {
            ContractResults results = ContractResults.read();
            String version = System.getProperty("mailroom.it.server-version");
            String server = SupportedServer.asked().name() + " " + version;
            // Another major version is another column.
            String former = SupportedServer.asked().name() + " " + version.replaceFirst("\\D.*", "");
            passed.keySet().forEach(check -> results.forget(check, former));
            String column = server + ", JDK " + jdk() + ", " + LocalDate.now(ZoneOffset.UTC);
            passed.forEach((check, good) -> results.put(check, column, good));
            results.write();
        }
    }

    /** The feature release of the JDK that runs the server. */
    private static String jdk() throws IOException {
        try (var lines = Files.lines(SupportedServer.java().resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION=")).findFirst().orElseThrow()
                    .replaceAll("^JAVA_VERSION=.([0-9]+).*", "$1");
        }
    }
}
