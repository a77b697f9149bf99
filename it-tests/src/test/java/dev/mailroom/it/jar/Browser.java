package dev.mailroom.it.jar;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A headless Chromium with one page, steered over its DevTools protocol. Used by one thread. */
final class Browser implements AutoCloseable, WebSocket.Listener {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final WebSocket page;
    private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
    private final StringBuilder incoming = new StringBuilder();
    /** What the person at the page enters when it asks for something. */
    private volatile String entry = "";
    private volatile boolean agrees = true;
    private volatile String question = "";
    private int questions;

    private Browser(Path profile) throws IOException, InterruptedException {
        process = new ProcessBuilder(CHROMIUM.toString(), "--headless=new", "--no-sandbox", "--disable-gpu",
                "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=" + profile,
                "--remote-debugging-port=0", "about:blank")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Path place = profile.resolve("DevToolsActivePort");
        await("Chromium to listen", () -> Files.exists(place) && read(place).contains("\n"));
        String list = "http://127.0.0.1:" + read(place).lines().findFirst().orElseThrow() + "/json/list";
        String pages = HTTP.send(HttpRequest.newBuilder(URI.create(list)).build(), BodyHandlers.ofString()).body();
        JsonObject first = Json.createReader(new StringReader(pages)).readArray().getValuesAs(JsonObject.class).stream()
                .filter(target -> target.getString("type").equals("page")).findFirst().orElseThrow();
        page = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create(first.getString("webSocketDebuggerUrl")), this).join();
    }

    /**
     * A fresh one with that page; where there is no Chromium the test is skipped, or fails when
     * {@code MAILROOM_REQUIRE_SERVERS} says that everything must be there.
     */
    static Browser openOrSkip(Path profile, Console console) {
        if (!Files.isExecutable(CHROMIUM)) {
            String missing = "no browser: run apt-get install chromium";
            if (Boolean.parseBoolean(System.getenv("MAILROOM_REQUIRE_SERVERS"))) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        try {
            Browser browser = new Browser(profile);
            browser.ask("Page.enable", Map.of());
            browser.ask("Page.navigate", Map.of("url",
                    console.url().replace("://", "://" + console.login() + "@") + "/"));
            browser.await("the page", "byId('mailbox-place').textContent");
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject ask(String method, Map<String, Object> parameters) {
        int id = ++questions;
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        asked.put(id, answer);
        send(id, method, Json.createObjectBuilder(parameters));
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private synchronized void send(int id, String method, JsonObjectBuilder parameters) {
        page.sendText(Json.createObjectBuilder().add("id", id).add("method", method).add("params", parameters)
                .build().toString(), true).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        incoming.append(part);
        if (last) {
            JsonObject message = Json.createReader(new StringReader(incoming.toString())).readObject();
            incoming.setLength(0);
            if (message.containsKey("id")) {
                CompletableFuture<JsonObject> answer = asked.remove(message.getInt("id"));
                if (answer != null) {
                    answer.complete(message);
                }
            } else if (message.getString("method").equals("Page.javascriptDialogOpening")) {
                boolean answer = agrees;
                question = message.getJsonObject("params").getString("message");
                // The page stands still until it is answered; nobody waits for the answer to this.
                CompletableFuture.runAsync(() -> send(0, "Page.handleJavaScriptDialog",
                        Json.createObjectBuilder().add("accept", answer).add("promptText", entry)));
            }
        }
        socket.request(1);
        return null;
    }

    /** Runs a statement in the page, which may show no error. */
    void run(String statement) {
        JsonObject answer = evaluate(statement);
        if (!answer.containsKey("result") || answer.getJsonObject("result").containsKey("exceptionDetails")) {
            throw new AssertionError(statement + ": " + answer);
        }
    }

    private JsonObject evaluate(String expression) {
        return ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    }

    /** Waits until an expression is true in the page. */
    void await(String what, String expression) {
        try {
            await(what, () -> value("Boolean(" + expression + ")").equals(JsonValue.TRUE));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page shows " + value("document.body.innerText"), e);
        }
    }

    private JsonValue value(String expression) {
        return evaluate(expression).getOrDefault("result", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject().getOrDefault("result", JsonValue.EMPTY_JSON_OBJECT)
                .asJsonObject().getOrDefault("value", JsonValue.FALSE);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Clicks a button, says no to what the page asks, and tells what it asked. */
    String refuse(String where, String button) {
        agrees = false;
        question = "";
        click(where, button, "");
        await("a question", () -> !question.isEmpty());
        agrees = true;
        return question;
    }

    /** Makes the window that wide. */
    void width(int pixels) {
        ask("Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /**
     * Clicks the first button with that text within what a selector, or an expression that begins with {@code [...},
     * finds and answers what the page asks. Waits until it can be clicked: the page switches buttons off while it does
     * what another one asked for. Finding and clicking is one step: the page may draw its tables again at any time.
     */
    void click(String where, String button, String answer) {
        entry = answer;
        String place = where.startsWith("[...") ? where : "document.querySelector(" + quoted(where) + ")";
        await("the button " + button, "((one) => one && !one.disabled && (one.click(), true))([..." + place
                + ".querySelectorAll('button')].find((one) => one.textContent === " + quoted(button) + "))");
    }

    /** Types into a field. */
    void type(String field, String value) {
        run("document.querySelector(" + quoted(field) + ").value = " + quoted(value));
    }

    static String quoted(String text) {
        return Json.createValue(text).toString();
    }

    @Override
    public void close() {
        send(0, "Browser.close", Json.createObjectBuilder());
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
