package dev.mailroom.benchmark.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which releases take part, read from the class path and asked of Postfix. */
final class Versions {
    private static final List<String> LIBRARIES =
            List.of("jakarta.mail", "spring-context-support", "simple-java-mail", "vertx-mail-client");
    private static final Path POSTCONF = Path.of("/usr/sbin/postconf");

    private Versions() {
    }

    static String all() {
        StringJoiner versions = new StringJoiner(", ");
        for (String library : LIBRARIES) {
            versions.add((library.equals("jakarta.mail") ? "angus jakarta.mail" : library) + " " + of(library));
        }
        return versions.add("Postfix " + postfix()).toString();
    }

    static String of(String library) {
        Pattern name = Pattern.compile(Pattern.quote(library) + "-(\\d.*)\\.jar");
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> name.matcher(new File(entry).getName())).filter(Matcher::matches)
                .map(found -> found.group(1)).distinct().collect(Collectors.joining("/"));
    }

    private static String postfix() {
        if (!Files.isExecutable(POSTCONF)) {
            return "not installed";
        }
        try {
            Process process = new ProcessBuilder(POSTCONF.toString(), "-dh", "mail_version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? said : "of unknown version";
        } catch (IOException e) {
            return "of unknown version";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "of unknown version";
        }
    }
}
