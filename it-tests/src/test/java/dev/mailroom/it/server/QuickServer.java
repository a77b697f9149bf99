package dev.mailroom.it.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Payara Micro unpacked once, with an archive of its classes as the JVM wants to have them in memory: each of the fifty
 * servers of a test run starts with half the work (6 seconds of a core instead of 12). What the tests of the runnable
 * jar, of the samples and of the benchmark start is Payara Micro's own jar.
 */
public final class QuickServer {
    static final String UNPACKED = "unpacked";
    static final String DOMAINS = "domains";
    static final String LAUNCHER = "launch-micro.jar";
    /** Where Arquillian looks for the version. */
    private static final String VERSION = "MICRO-INF/domain/branding/glassfish-version.properties";
    private static final String READY = "ready in";
    /** The one class of the jar. */
    private static final String LAUNCHED = QuickLauncher.class.getName().replace('.', '/') + ".class";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private QuickServer() {
    }

    /** The beginning of its command: the JVM and its options, to which others may be added. */
    public static List<String> jvm() {
        return jvm(sharing());
    }

    /** The JVM's option for its archive of classes, which other options may follow. */
    public static String sharing() {
        return "-XX:SharedArchiveFile=" + System.getProperty("payara.classes");
    }

    private static List<String> jvm(String archive) {
        return new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", archive));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The end of its command, which the options of Payara Micro follow. All applications see the libraries. */
    public static List<String> run(List<Path> libraries) throws IOException {
        if (libraries.isEmpty()) {
            return List.of("-jar", jar().toString());
        }
        List<String> options = new ArrayList<>();
        // Only with -jar does the JVM read them there.
        try (JarFile file = new JarFile(jar().toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            for (String kind : List.of("Exports", "Opens")) {
                for (String name : attributes.getValue("Add-" + kind).split(" ")) {
                    options.add("--add-" + kind.toLowerCase(Locale.ROOT) + "=" + name + "=ALL-UNNAMED");
                }
            }
        }
        String path = Stream.concat(Stream.of(jar()), libraries.stream()).map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        options.addAll(List.of("-classpath", path, QuickLauncher.class.getName()));
        return options;
    }

    /** What follows {@code -jar}; takes the options of Payara Micro. */
    public static Path jar() {
        return Path.of(System.getProperty("payara.microJar")).toAbsolutePath();
    }

    /**
     * Run by the build, before the tests.
     *
     * @param arguments Payara Micro's jar; the jar to make, in a folder of its own; the archive to make there; the
     *         folder of compiled classes; then the options with which a server starts whose classes are archived
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path micro = Path.of(arguments[0]);
        Path jar = Path.of(arguments[1]);
        Path archive = Path.of(arguments[2]);
        delete(jar.resolveSibling(DOMAINS));
        Path classes = Path.of(arguments[3]);
        if (Files.exists(archive) && has(jar, classes)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(micro)) > 0) {
            return;
        }
        delete(jar.getParent());
        Path unpacked = Files.createDirectories(jar.resolveSibling(UNPACKED));
        run(jar.resolveSibling("unpacking.log"), List.of(java(), "-jar", micro.toString(),
                "--rootdir", unpacked.toString(), "--outputlauncher"));
        pack(micro, unpacked.resolve(LAUNCHER), classes, jar);
        List<String> command = jvm("-XX:ArchiveClassesAtExit=" + archive);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(Arrays.asList(arguments).subList(4, arguments.length));
        Path log = jar.resolveSibling("archiving.log");
        run(log, command);
        if (!Files.exists(archive)) {
            throw new IllegalStateException("no archive of the server's classes; see " + log);
        }
    }

    /** Whether it was made of the present launcher. */
    private static boolean has(Path jar, Path classes) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream launcher = file.getInputStream(new ZipEntry(LAUNCHED))) {
            return Arrays.equals(launcher.readAllBytes(), Files.readAllBytes(classes.resolve(LAUNCHED)));
        }
    }

    private static void pack(Path micro, Path launcher, Path classes, Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, QuickLauncher.class.getName());
        attributes.put(Attributes.Name.CLASS_PATH, UNPACKED + "/" + LAUNCHER);
        try (JarFile original = new JarFile(launcher.toFile())) {
            original.getManifest().getMainAttributes().forEach((name, value) -> {
                if (name.toString().startsWith("Add-")) {
                    attributes.put(name, value);
                }
            });
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new ZipEntry(LAUNCHED));
            Files.copy(classes.resolve(LAUNCHED), out);
            out.putNextEntry(new ZipEntry(VERSION));
            try (JarFile original = new JarFile(micro.toFile());
                    InputStream version = original.getInputStream(original.getEntry(VERSION))) {
                version.transferTo(out);
            }
        }
    }

    /** Runs it until it ends, which it is asked to as soon as it is ready. */
    private static void run(Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(log.getParent().toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean asked = false;
        while (!process.waitFor(100, TimeUnit.MILLISECONDS) && System.nanoTime() < end) {
            if (!asked && Files.readString(log).contains(READY)) {
                process.destroy();
                asked = true;
            }
        }
        process.destroyForcibly();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
