package dev.mailroom.it.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A local Maven repository with the artifacts of this build, which need not be installed for it: everything else is
 * linked to the repository that this build uses, so that nothing is fetched twice and nothing of ours is left there.
 */
final class LocalRepository implements AutoCloseable {
    private static final Path GROUP = Path.of("dev", "mailroom");

    private final Path folder;
    private final List<Path> links;

    private LocalRepository(Path folder, List<Path> links) {
        this.folder = folder;
        this.links = links;
    }

    static LocalRepository below(Path folder) throws IOException {
        Path shared = Path.of(System.getProperty("it.localRepository"));
        List<Path> links = new ArrayList<>(link(shared, folder, GROUP.getName(0)));
        links.addAll(link(shared.resolve(GROUP.getName(0)), folder.resolve(GROUP.getName(0)), GROUP.getFileName()));
        return new LocalRepository(folder, links);
    }

    private static List<Path> link(Path from, Path to, Path but) throws IOException {
        Files.createDirectories(to);
        List<Path> links = new ArrayList<>();
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.filter(it -> !it.getFileName().equals(but)).toList()) {
                links.add(Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath()));
            }
        }
        return links;
    }

    /** Adds one of our artifacts, as {@code mvn install} would. */
    void add(String artifact, String version, String extension, Path file) throws IOException {
        Path place = folder.resolve(GROUP).resolve(artifact).resolve(version);
        Files.createDirectories(place);
        Files.copy(file, place.resolve(artifact + "-" + version + "." + extension));
    }

    /** Takes the links away, so that nobody who deletes this repository follows one. */
    @Override
    public void close() throws IOException {
        for (Path link : links) {
            Files.delete(link);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
