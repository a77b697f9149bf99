package dev.mailroom.it.contract;

import dev.mailroom.it.server.MailApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The embedded one, which is a runnable jar. Keeps H2 to itself. */
final class GlassFish implements SupportedServer {
    /** As in the manifest of its jar, which Java reads with {@code -jar} only. */
    private static final List<String> MODULES = List.of(
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.vm.annotation=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/sun.nio.fs=ALL-UNNAMED",
            "--add-opens=java.base/sun.net.www.protocol.jrt=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming.spi=ALL-UNNAMED",
            "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.vm.annotation=ALL-UNNAMED");

    private final Path home;
    private final boolean sharing;

    GlassFish(Path home) {
        this(home, false);
    }

    private GlassFish(Path home, boolean sharing) {
        this.home = home.toAbsolutePath();
        this.sharing = sharing;
    }

    @Override
    public SupportedServer sharing() {
        return new GlassFish(home, true);
    }

    @Override
    public String name() {
        return "GlassFish embedded";
    }

    @Override
    public List<Class<?>> libraries() {
        return List.of(org.h2.Driver.class);
    }

    @Override
    public Start prepare(Path directory, Path war, int port, List<String> jvm) throws IOException {
        Files.writeString(directory.resolve("glassfish.properties"), "configs.config.server-config.network-config"
                + ".network-listeners.network-listener.http-listener.address=127.0.0.1\n");
        String name = RunningServer.name(war);
        List<String> command = new ArrayList<>(jvm);
        command.addAll(MODULES);
        // Takes commands from its console when it has started.
        command.addAll(List.of("-cp", classPath(), "org.glassfish.runnablejar.UberMain", "--prompt",
                "--httpPort=" + port, "deploy --contextroot=/" + name + " --name=" + name + " " + war));
        return new Start(command, Map.of());
    }

    @Override
    public void deploy(RunningServer host, Path war) throws IOException {
        String name = RunningServer.name(war);
        host.type("deploy --contextroot=/" + name + " --name=" + name + " " + war);
    }

    @Override
    public void undeploy(RunningServer host, String name) throws IOException {
        host.type("undeploy " + name);
    }

    private String classPath() {
        List<String> jars = new ArrayList<>(List.of(home.resolve("glassfish-embedded-all.jar").toString()));
        if (sharing) {
            libraries().forEach(library -> jars.add(MailApplication.place(library).toString()));
        }
        return String.join(File.pathSeparator, jars);
    }
}
