package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.BenchmarkMails;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Target;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vert.x mail client: a client with one kept connection for each sender, pipelining. Composes and sends on the sender's
 * event loop, the next mail as soon as one is done; in a stream a few mails of each sender wait for the connection.
 *
 * <p>Not one client with a pool for all: where several event loops use that, it now and then opens a connection on one
 * of them, misses the greeting on another and waits for it for ever.
 */
public final class VertxPeer implements Peer {
    private static final int WAITING = 16;
    private final AtomicLong number = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private Scenario scenario;
    private final Map<Integer, Sender> senders = new ConcurrentHashMap<>();
    private MailConfig config;
    private String text;

    /** All that it does is done there. */
    private record Sender(MailClient client, Context eventLoop) {
    }

    @Override
    public void open(Scenario wanted, Target target) {
        scenario = wanted;
        text = BenchmarkMails.text(wanted);
        config = new MailConfig(Target.HOST, target.port()).setOwnHostname("client.test")
                .setMaxPoolSize(1).setKeepAlive(true).setPipelining(true)
                .setAllowRcptErrors(wanted.partial())
                .setKeepAliveTimeout(10).setKeepAliveTimeoutUnit(TimeUnit.MINUTES);
        config.setTcpNoDelay(true);
        if (wanted.secure()) {
            config.setStarttls(StartTLSOptions.REQUIRED).setLogin(LoginOption.REQUIRED).setAuthMethods("PLAIN")
                    .setUsername(Target.USER).setPassword(Target.USER_PASSWORD)
                    .setTrustOptions(new PfxOptions().setPath(target.trustStore().orElseThrow().toString())
                            .setPassword(target.password()));
        } else {
            config.setStarttls(StartTLSOptions.DISABLED).setLogin(LoginOption.DISABLED);
        }
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        int chains = Math.min(mails, scenario.mode() == Mode.STREAM ? WAITING : 1);
        // The context of a thread that is not Vert.x's is on the next event loop.
        var own = senders.computeIfAbsent(sender,
                first -> new Sender(MailClient.create(vertx, config), vertx.getOrCreateContext()));
        var all = new CompletableFuture<?>[chains];
        for (int i = 0; i < chains; i++) {
            int share = mails / chains + (i < mails % chains ? 1 : 0);
            var done = new CompletableFuture<Void>();
            all[i] = done;
            own.eventLoop().runOnContext(now -> next(own.client(), share, done));
        }
        CompletableFuture.allOf(all).get();
    }

    private void next(MailClient client, int left, CompletableFuture<Void> done) {
        if (left == 0) {
            done.complete(null);
            return;
        }
        var message = new MailMessage().setFrom(BenchmarkMails.FROM_NAMED).setTo(BenchmarkMails.to(scenario))
                .setSubject(BenchmarkMails.subject(number.incrementAndGet())).setText(text);
        client.sendMail(message).onComplete(result -> next(client, left - 1, done), done::completeExceptionally);
    }

    @Override
    public void shut() throws Exception {
        for (Sender sender : senders.values()) {
            sender.client().close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
        senders.clear();
    }
}
