package dev.mailroom.benchmark.peer;

import dev.mailroom.benchmark.Letters;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.Target;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Vert.x mail client: pool and pipelining, one connection for each sender. Composes and sends on its event loop, the
 * next mail as soon as one is done; in a stream a few mails of each sender wait for the connection.
 */
public final class VertxPeer implements Peer {
    private static final int WAITING = 16;
    private final AtomicLong number = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private Scenario scenario;
    private MailClient client;
    private String text;

    @Override
    public void open(Scenario wanted, Target target) {
        scenario = wanted;
        text = Letters.text(wanted);
        MailConfig config = new MailConfig(Target.HOST, target.port()).setOwnHostname("client.test")
                .setMaxPoolSize(wanted.senders()).setKeepAlive(true).setPipelining(true)
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
        client = MailClient.create(vertx, config);
    }

    @Override
    public void send(int sender, int mails) throws Exception {
        int chains = Math.min(mails, scenario.mode() == Mode.STREAM ? WAITING : 1);
        var all = new CompletableFuture<?>[chains];
        for (int i = 0; i < chains; i++) {
            int share = mails / chains + (i < mails % chains ? 1 : 0);
            var done = new CompletableFuture<Void>();
            all[i] = done;
            vertx.runOnContext(now -> next(share, done));
        }
        CompletableFuture.allOf(all).get();
    }

    private void next(int left, CompletableFuture<Void> done) {
        if (left == 0) {
            done.complete(null);
            return;
        }
        var message = new MailMessage().setFrom(Letters.FROM_NAMED).setTo(Letters.to(scenario))
                .setSubject(Letters.subject(number.incrementAndGet())).setText(text);
        client.sendMail(message).onComplete(result -> next(left - 1, done), done::completeExceptionally);
    }

    @Override
    public void shut() throws Exception {
        client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
