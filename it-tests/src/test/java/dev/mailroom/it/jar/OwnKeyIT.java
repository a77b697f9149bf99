package dev.mailroom.it.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar on a network, by the lines that the documentation gives. */
final class OwnKeyIT {
    private static final Pattern KEYTOOL = Pattern.compile("(?m)^    keytool (.+)$");
    private static final Pattern JAVA = Pattern.compile("(?m)^    java (.+) -jar mailroom\\.jar --sslport \\d+$");

    @TempDir
    private Path home;

    @Test
    void aNetworkReachesItByTheDocumentedLinesWithAKeyOfOnesOwn() throws Exception {
        String recipe = Documentation.text("docs/console.md").split("## Over a network", 2)[1].replace("\\\n", " ");
        Path work = Files.createDirectories(home.resolve("work"));
        for (MatchResult line : KEYTOOL.matcher(recipe).results().toList()) {
            keytool(work, words(line));
        }
        MatchResult java = JAVA.matcher(recipe).results().findFirst().orElseThrow();
        int tls = RunnableJarIT.freePort();
        int plain = RunnableJarIT.freePort();
        try (JarProcess open = JarProcess.start(home,
                Stream.concat(words(java).stream(), Stream.of("-Dmailroom.console.mailbox=off")).toList(),
                "--sslport", String.valueOf(tls), "--port", String.valueOf(plain))) {
            String banner = open.awaitBanner();
            Matcher password = Pattern.compile("Password +(\\S+)").matcher(banner);
            assertTrue(password.find() && banner.contains("https://127.0.0.1:" + tls + "/"), banner);
            String login = "admin:" + password.group(1);
            assertEquals(200, new Console("https://127.0.0.1:" + tls, login)
                    .trusting(work.resolve("console.pem")).get("/api/pool").status());
            assertEquals(200, new Console("http://127.0.0.1:" + plain, login).get("/api/pool").status());
            assertFalse(open.output().contains("MR060"), open.output());
        }
    }

    private static List<String> words(MatchResult line) {
        return List.of(line.group(1).strip().split(" +"));
    }

    private static void keytool(Path work, List<String> arguments) throws IOException, InterruptedException {
        Path log = work.resolve("keytool.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        assertEquals(0, process.waitFor(), command + " says " + Files.readString(log));
    }
}
