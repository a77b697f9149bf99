package dev.mailroom.it.contract;

import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Has no H2. With all features of {@code jakartaee-10.0} its ORB keeps every application from starting when the machine
 * is slow ({@code CWWKS9582E}).
 */
final class OpenLiberty implements SupportedServer {
    private static final String CONFIGURATION = """
            <server>
              <featureManager>
                <feature>webProfile-10.0</feature><feature>connectors-2.1</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
              <applicationMonitor pollingRate="200ms"/>
              <webApplication location="%s" contextRoot="%s">%s</webApplication>
              <library id="global">%s</library>
              %s
            </server>
            """;

    private final Path home;
    private final boolean sharing;
    private final boolean pooling;

    OpenLiberty(Path home) {
        this(home, false, false);
    }

    private OpenLiberty(Path home, boolean sharing, boolean pooling) {
        this.home = home.toAbsolutePath();
        this.sharing = sharing;
        this.pooling = pooling;
    }

    @Override
    public SupportedServer pooling() {
        return new OpenLiberty(home, false, true);
    }

    @Override
    public SupportedServer sharing() {
        return new OpenLiberty(home, true, false);
    }

    @Override
    public String name() {
        return "Open Liberty";
    }

    @Override
    public List<Class<?>> libraries() {
        return List.of(org.h2.Driver.class);
    }

    @Override
    public Start prepare(Path directory, Path war, int port, List<String> jvm) throws IOException {
        Path server = Files.createDirectories(directory.resolve("usr/servers/contract"));
        Files.writeString(server.resolve("server.xml"), CONFIGURATION.formatted(
                port, war, RunningServer.name(war), pooling ? "<classloader classProviderRef=\"mailroom\"/>"
                        : sharing ? "<classloader commonLibraryRef=\"global\"/>" : "",
                sharing ? shared() : "", pooling ? pools() : ""));
        List<String> command = new ArrayList<>(jvm);
        // As its own start script: without it nothing can be looked up by name.
        command.addAll(List.of("@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar", home.resolve("bin/tools/ws-server.jar").toString(), "contract"));
        return new Start(command, Map.of("WLP_USER_DIR", directory.resolve("usr").toString()));
    }

    @Override
    public void deploy(RunningServer host, Path war) throws IOException {
        Path place = Files.createDirectories(dropins(host));
        // Whole at once: it is looked for five times a second.
        Path copy = Files.copy(war, place.resolveSibling(war.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, place.resolve(war.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void undeploy(RunningServer host, String name) throws IOException {
        Files.delete(dropins(host).resolve(name + ".war"));
    }

    private static Path dropins(RunningServer host) {
        return host.directory().resolve("usr/servers/contract/dropins");
    }

    /** The page shows a path to be completed. */
    private static String pools() {
        return Documentation.block("liberty-pool")
                .replaceFirst("location=\"[^\"]*\"", "location=\"" + AdministratorsCommands.rar() + "\"");
    }

    private String shared() {
        return libraries().stream().map(library -> "<file name=\"" + MailApplication.place(library) + "\"/>")
                .collect(Collectors.joining());
    }
}
