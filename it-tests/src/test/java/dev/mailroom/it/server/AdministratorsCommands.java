package dev.mailroom.it.server;

import dev.mailroom.SmtpSession;
import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What an administrator has the server do when it starts: the commands that docs/administration.md shows. */
public final class AdministratorsCommands {
    /** The qualifier of the container that runs them. */
    public static final String CONTAINER = "with-adapter";

    private AdministratorsCommands() {
    }

    /** Where the server of the next deployment finds them: the page's, then these. */
    public static void write(String... more) {
        List<String> lines = Stream.concat(Documentation.block("servers-pool").lines(), Stream.of(more))
                .map(line -> line.replace(rar().getFileName().toString(), rar().toString())).toList();
        try {
            Files.write(Path.of(System.getProperty("it.commands")), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written last; also from within the server, whose working directory is that of the tests. */
    public static List<String> written() throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("it.commands", "target/payara/commands.txt")));
    }

    /** Mailroom's resource adapter, which stands beside the jar. */
    public static Path rar() {
        Path jar = MailApplication.place(SmtpSession.class);
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".rar"));
    }
}
