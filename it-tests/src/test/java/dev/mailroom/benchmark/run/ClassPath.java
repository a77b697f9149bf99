package dev.mailroom.benchmark.run;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A part of this JVM's class path. Jakarta Mail looks through all of it for each mail, so a client that has to share
 * it with the others would be slower than it is.
 */
final class ClassPath {
    private static final List<String> JAKARTA_MAIL = List.of(
            // GreenMail's, with the API that belongs to it; the platform's is older.
            "jakarta.mail-2.0", "jakarta.activation-api-", "angus-activation-");

    private final Set<String> entries = new LinkedHashSet<>();

    /** This benchmark and the libraries whose file names begin so. */
    static ClassPath of(String... libraries) {
        return new ClassPath().with(Stream.of(libraries)).with(ClassPath.class);
    }

    /** The same with Jakarta Mail. */
    ClassPath withJakartaMail() {
        return with(JAKARTA_MAIL.stream());
    }

    /** The same with what these classes come from. */
    ClassPath with(Class<?>... classes) {
        for (Class<?> type : classes) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            try {
                entries.add(Path.of(source.getLocation().toURI()).toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return this;
    }

    private ClassPath with(Stream<String> libraries) {
        String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
        libraries.forEach(library -> {
            List<String> found = Stream.of(all).filter(entry -> new File(entry).getName().startsWith(library)).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("the class path has nothing that begins with " + library);
            }
            entries.addAll(found);
        });
        return this;
    }

    @Override
    public String toString() {
        return String.join(File.pathSeparator, entries);
    }
}
