package dev.mailroom.it.server;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts a Payara Micro that has been unpacked before ({@link QuickServer}) with a domain of its own, as Payara Micro's
 * own jar does, which unpacks itself at each start. The only class in a jar beside the unpacked server: nothing else of
 * the tests is there.
 */
final class QuickLauncher {
    private static final List<String> DOMAIN = List.of("config", "docroot", "lib");

    private QuickLauncher() {
    }

    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        // Libraries may follow it.
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]).toAbsolutePath();
        Path unpacked = jar.resolveSibling(QuickServer.UNPACKED);
        Path domain = Files.createTempDirectory(
                Files.createDirectories(jar.resolveSibling(QuickServer.DOMAINS)), "domain");
        for (String part : DOMAIN) {
            copy(unpacked.resolve(part), domain.resolve(part));
        }
        System.setProperty("fish.payara.micro.BootJar", unpacked.resolve(QuickServer.LAUNCHER).toUri().toString());
        System.setProperty("fish.payara.micro.UnpackDir", unpacked.toString());
        String[] all = Stream.concat(Stream.of("--rootdir", domain.toString()), Stream.of(arguments))
                .toArray(String[]::new);
        try {
            Class.forName("fish.payara.micro.impl.PayaraMicroImpl").getMethod("main", String[].class)
                    .invoke(null, (Object) all);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the server does not start", e.getCause());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
