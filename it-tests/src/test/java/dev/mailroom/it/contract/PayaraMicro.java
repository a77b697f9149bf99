package dev.mailroom.it.contract;

import dev.mailroom.it.server.QuickServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Has everything. */
final class PayaraMicro implements SupportedServer {
    /** The options that say what runs. */
    private final List<String> jar;

    private PayaraMicro(List<String> jar) {
        this.jar = jar;
    }

    /** The version that other tests run on, which starts in half the time. */
    static PayaraMicro quick() {
        return new PayaraMicro(List.of(QuickServer.sharing(), "-jar", QuickServer.jar().toString()));
    }

    /** Another version. */
    static PayaraMicro of(Path home) {
        return new PayaraMicro(List.of("-jar", home.toAbsolutePath().resolve("payara-micro.jar").toString()));
    }

    @Override
    public String name() {
        return "Payara Micro";
    }

    @Override
    public List<Class<?>> libraries() {
        return List.of();
    }

    @Override
    public Start prepare(Path directory, Path war, int port, List<String> jvm) {
        List<String> command = new ArrayList<>(jvm);
        command.addAll(jar);
        command.addAll(List.of("--disablephonehome", "--nohazelcast",
                "--prebootcommandfile", Path.of("src/test/payara/pre-boot.txt").toAbsolutePath().toString(),
                "--port", String.valueOf(port), "--deploy", war.toString()));
        return new Start(command, Map.of());
    }

    @Override
    public WebArchive host(WebArchive war) {
        return war.addClass(PayaraGuests.class);
    }

    @Override
    public void deploy(RunningServer host, Path war) throws IOException {
        host.run("guests", "deploy", RunningServer.name(war), war.toString());
    }

    @Override
    public void undeploy(RunningServer host, String name) throws IOException {
        host.run("guests", "undeploy", name);
    }
}
