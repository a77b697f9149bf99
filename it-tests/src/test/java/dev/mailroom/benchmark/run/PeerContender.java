package dev.mailroom.benchmark.run;

import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Cores;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import dev.mailroom.benchmark.Work;
import dev.mailroom.benchmark.peer.Peer;
import dev.mailroom.benchmark.peer.PeerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A Java client in a {@link PeerProcess}, started when it is first opened and again after a failure.
 *
 * @see Contenders
 */
final class PeerContender implements Contender {
    /**
     * The same for all of them. The serial collector takes no time on other cores; a full collection leaves no garbage
     * behind, so that the heap in use can be measured.
     */
    static final List<String> JVM = List.of("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC",
            "-XX:MarkSweepAlwaysCompactCount=1");

    /** Some clients hang now and then; what takes longest where all is well takes about 8 seconds. */
    private static final int LONGEST_ORDER_SECONDS = 40;

    private final String name;
    private final String settings;
    private final Class<? extends Peer> peer;
    private final ClassPath classPath;
    private final List<String> options;
    private final Predicate<Scenario> ability;
    private boolean pinned;
    private int senders;
    private Process process;
    private BufferedReader answers;
    private boolean open;

    PeerContender(String name, String settings, Class<? extends Peer> peer, ClassPath classPath,
            Predicate<Scenario> ability, String... options) {
        this.name = name;
        this.settings = settings;
        this.peer = peer;
        this.classPath = classPath;
        this.ability = ability;
        this.options = List.of(options);
    }

    /** Gets a new process for another number of senders: its first pool's size is that of all later ones. */
    PeerContender pinned() {
        pinned = true;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return settings;
    }

    @Override
    public boolean can(Scenario scenario) {
        return ability.test(scenario);
    }

    @Override
    public void open(Scenario scenario, Target target) throws IOException {
        if (pinned && senders != scenario.senders()) {
            close();
        }
        senders = scenario.senders();
        if (process == null) {
            start();
        }
        Cores.bind(process.pid(), scenario);
        order("open\t" + scenario.line() + "\t" + target.line());
        open = true;
    }

    @Override
    public Work send(int mails) throws IOException {
        return Work.parse(order("send\t" + mails));
    }

    @Override
    public void shut() throws IOException {
        if (open) {
            open = false;
            order("shut");
        }
    }

    /**
     * Has it close its connections; how much heap and how many threads went with them. Its senders do not count.
     * Nothing can be sent before it is opened again.
     */
    long[] hangUp() throws IOException {
        String[] words = order("idle").split(" ");
        return new long[] {Long.parseLong(words[0]), Long.parseLong(words[1])};
    }

    private void start() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath.toString(), PeerProcess.class.getName(), peer.getName()));
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.to(log().toFile())).start();
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private Path log() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "benchmark"));
        return folder.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".log");
    }

    private String order(String order) throws IOException {
        String answer;
        try {
            process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            answer = CompletableFuture.supplyAsync(this::readLine).get(LONGEST_ORDER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new IOException(name + " was interrupted", e);
        } catch (TimeoutException e) {
            close();
            throw new IOException("no answer within " + LONGEST_ORDER_SECONDS + " s", e);
        } catch (IOException | ExecutionException e) {
            close();
            throw new IOException(name + " has not obeyed \"" + order + "\", see " + log(), e);
        }
        if (answer.startsWith("error ")) {
            close();
            throw new IOException(name + ": " + answer.substring(6));
        }
        return answer;
    }

    private String readLine() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        process = null;
        open = false;
    }
}
