package dev.mailroom.it.contract;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.MailApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The embedded milestone, which has no Jakarta Security: users are those of a realm of its own. Has no H2.
 */
final class TomEE implements SupportedServer {
    private static final String CONTEXT = """
            <Context preemptiveAuthentication="true">
              <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="${contract.users}"/>
            </Context>
            """;
    private static final String LOGIN = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <login-config><auth-method>BASIC</auth-method></login-config>
            </web-app>
            """;

    /** As in the application's own identity store. */
    private static final List<String> USERS =
            List.of("jack", "jill", "ANONYMOUS", "anonymous", "UNAUTHENTICATED", "guest");

    private final Path home;
    private final boolean sharing;

    TomEE(Path home) {
        this(home, false);
    }

    private TomEE(Path home, boolean sharing) {
        this.home = home.toAbsolutePath();
        this.sharing = sharing;
    }

    @Override
    public SupportedServer sharing() {
        return new TomEE(home, true);
    }

    @Override
    public String name() {
        return "TomEE embedded";
    }

    @Override
    public List<Class<?>> libraries() {
        return List.of(org.h2.Driver.class);
    }

    @Override
    public Start prepare(Path directory, Path war, int port, List<String> jvm) throws IOException {
        Path place = Files.createDirectories(directory.resolve("tomee"));
        // Outside of the place, which is emptied.
        Path users = Files.writeString(directory.resolve("users.xml"), USERS.stream()
                .map(user -> "<user username='" + user + "' password='" + Secrets.of(user) + "' roles='climber,"
                        + (user.equals("jack") ? "accountant" : "nurse") + "'/>")
                .collect(Collectors.joining("", "<tomcat-users>", "</tomcat-users>")));
        List<String> command = new ArrayList<>(jvm);
        command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.net=ALL-UNNAMED",
                // Else two applications cannot have EJBs of the same name.
                "-Dopenejb.deploymentId.format={appId}/{ejbJarId}/{ejbName}",
                "-Dcontract.users=" + users, "-cp", classPath(), "org.apache.tomee.embedded.Main",
                "--host", "127.0.0.1", "--port", String.valueOf(port), "--shutdown", "-1",
                "--directory", place.toString(), "--path", war.toString(), "--context", RunningServer.name(war)));
        return new Start(command, Map.of());
    }

    @Override
    public WebArchive host(WebArchive war) {
        return war.addClass(TomEEGuests.class).setWebXML(new StringAsset(LOGIN))
                .addAsManifestResource(new StringAsset(CONTEXT), "context.xml");
    }

    @Override
    public void deploy(RunningServer host, Path war) throws IOException {
        host.run("guests", "deploy", RunningServer.name(war), war.toString());
    }

    @Override
    public void undeploy(RunningServer host, String name) throws IOException {
        host.run("guests", "undeploy", name, host.directory().resolve(name).toString());
    }

    private String classPath() {
        List<String> places = new ArrayList<>(List.of(home.resolve("*").toString()));
        if (sharing) {
            libraries().forEach(library -> places.add(MailApplication.place(library).toString()));
        }
        return String.join(File.pathSeparator, places);
    }
}
