package dev.mailroom.benchmark.inside;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.Target;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.report.Goals;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Mailroom as applications have it: the injected facade, in a server that is started when it is first opened and again
 * after a failure.
 */
public final class FacadeContender implements Contender {
    private ServerProcess server;
    private Scenario scenario;
    private boolean warm;

    @Override
    public String name() {
        return Goals.IN_SERVER;
    }

    @Override
    public String settings() {
        return "each sender is a request of a servlet and has a session of its own; started with "
                + String.join(" ", ServerProcess.JVM) + " like the others";
    }

    @Override
    public boolean can(Scenario asked) {
        return asked.content() == Content.COMPOSED && asked.mode() == Mode.SINGLE && !asked.secure();
    }

    /** A server has far more to compile than a client that does nothing else. */
    @Override
    public int warmUps() {
        return warm ? 1 : 10;
    }

    @Override
    public void open(Scenario asked, Target target) throws IOException {
        if (server == null) {
            server = ServerProcess.start();
        }
        Cores.bind(server.pid(), asked);
        scenario = asked;
        each(sender -> "/open?sender=" + sender + "&port=" + target.port());
    }

    @Override
    public Work send(int mails) throws IOException {
        String task = URLEncoder.encode(scenario.line(), StandardCharsets.UTF_8);
        int senders = scenario.senders();
        long before = Long.parseLong(server.get("/cpu"));
        List<Share> shares = each(sender -> "/send?sender=" + sender + "&scenario=" + task + "&mails="
                + (mails / senders + (sender < mails % senders ? 1 : 0))).stream().map(Share::parse).toList();
        long cpu = Long.parseLong(server.get("/cpu")) - before;
        long begin = shares.stream().mapToLong(Share::begin).min().orElseThrow();
        long end = shares.stream().mapToLong(Share::end).max().orElseThrow();
        return new Work(mails, end - begin, cpu, shares.stream().mapToLong(Share::allocated).sum());
    }

    @Override
    public void shut() throws IOException {
        if (scenario != null) {
            each(sender -> "/shut?sender=" + sender);
            scenario = null;
            warm = true;
        }
    }

    private List<String> each(IntFunction<String> request) throws IOException {
        return server.getAll(IntStream.range(0, scenario.senders()).mapToObj(request).toList());
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
            server = null;
            scenario = null;
            warm = false;
        }
    }
}
