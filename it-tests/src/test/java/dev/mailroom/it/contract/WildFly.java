package dev.mailroom.it.contract;

import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Keeps H2 to itself. */
final class WildFly implements SupportedServer {
    private static final int USUAL_PORT = 8080;
    /** As in its own start script. */
    private static final List<String> MODULES = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private final Path home;
    private final boolean sharing;
    private final boolean pooling;

    WildFly(Path home) {
        this(home, false, false);
    }

    private WildFly(Path home, boolean sharing, boolean pooling) {
        this.home = home.toAbsolutePath();
        this.sharing = sharing;
        this.pooling = pooling;
    }

    @Override
    public SupportedServer pooling() {
        return new WildFly(home, false, true);
    }

    @Override
    public String pool() {
        return "java:/eis/mailroom";
    }

    @Override
    public WebArchive host(WebArchive war) {
        return !pooling ? war : war.addAsWebInfResource(
                new StringAsset(Documentation.block("wildfly-structure")), "jboss-deployment-structure.xml");
    }

    @Override
    public SupportedServer sharing() {
        return new WildFly(home, true, false);
    }

    @Override
    public String name() {
        return "WildFly";
    }

    @Override
    public List<Class<?>> libraries() {
        return List.of(org.h2.Driver.class);
    }

    @Override
    public Start prepare(Path directory, Path war, int port, List<String> jvm) throws IOException {
        Path base = directory.resolve("standalone");
        copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        configure(base.resolve("configuration/standalone.xml"));
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        try (Stream<Path> marks = Files.list(deployments)) {
            for (Path mark : marks.toList()) {
                Files.delete(mark);
            }
        }
        Files.copy(war, deployments.resolve(war.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        if (pooling) {
            Files.copy(AdministratorsCommands.rar(), deployments.resolve("mailroom.rar"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(jvm);
        command.addAll(MODULES);
        command.addAll(List.of("-Djboss.home.dir=" + home, "-Djboss.server.base.dir=" + base,
                "-Djboss.bind.address=127.0.0.1", "-Djboss.bind.address.management=127.0.0.1",
                "-Djboss.node.name=contract", "-Djboss.tx.node.id=contract",
                "-Djboss.socket.binding.port-offset=" + (port - USUAL_PORT),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dlogging.configuration=" + base.resolve("configuration/logging.properties").toUri(),
                "-jar", home.resolve("jboss-modules.jar").toString(), "-mp", home.resolve("modules").toString(),
                "org.jboss.as.standalone"));
        return new Start(command, Map.of());
    }

    /**
     * Else whoever logs in with Jakarta Security must be known to the server's own realm as well; and applications that
     * come and go would be noticed every five seconds only.
     */
    private void configure(Path configuration) throws IOException {
        String text = Files.readString(configuration).replace("scan-interval=\"5000\"", "scan-interval=\"200\"");
        if (sharing) {
            text = text.replaceFirst("<subsystem xmlns=\"urn:jboss:domain:ee:[^>]*>",
                    "$0<global-modules><module name=\"com.h2database.h2\"/></global-modules>");
        }
        if (pooling) {
            text = text.replaceFirst("<subsystem xmlns=\"urn:jboss:domain:resource-adapters:([^\"]*)\"/>",
                    "<subsystem xmlns=\"urn:jboss:domain:resource-adapters:$1\">" + Matcher.quoteReplacement(
                            Documentation.block("wildfly-pool")) + "</subsystem>");
        }
        String domain = "<application-security-domain name=\"other\" security-domain=\"ApplicationDomain\"";
        int web = text.indexOf(domain, text.indexOf("urn:jboss:domain:undertow:"));
        Files.writeString(configuration, text.substring(0, web) + domain + " integrated-jaspi=\"false\""
                + text.substring(web + domain.length()));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void deploy(RunningServer host, Path war) throws IOException {
        Path place = deployments(host);
        Files.deleteIfExists(place.resolve(war.getFileName() + ".undeployed"));
        // Whole at once: it is looked for five times a second.
        Path copy = Files.copy(war, place.resolveSibling(war.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, place.resolve(war.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void undeploy(RunningServer host, String name) throws IOException {
        Files.delete(deployments(host).resolve(name + ".war"));
    }

    private static Path deployments(RunningServer host) {
        return host.directory().resolve("standalone/deployments");
    }
}
