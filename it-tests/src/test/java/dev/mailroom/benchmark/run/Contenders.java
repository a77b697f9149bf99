package dev.mailroom.benchmark.run;

import dev.mailroom.SmtpSession;
import dev.mailroom.benchmark.Contender;
import dev.mailroom.benchmark.Scenario;
import dev.mailroom.benchmark.Scenario.Content;
import dev.mailroom.benchmark.Scenario.Mode;
import dev.mailroom.benchmark.inside.FacadeContender;
import dev.mailroom.benchmark.peer.AngusConnectingPeer;
import dev.mailroom.benchmark.peer.AngusOpenPeer;
import dev.mailroom.benchmark.peer.MailroomPeer;
import dev.mailroom.benchmark.peer.SimpleJavaMailPeer;
import dev.mailroom.benchmark.peer.SpringPeer;
import dev.mailroom.benchmark.peer.VertxPeer;
import dev.mailroom.benchmark.report.Goals;
import dev.mailroom.benchmark.report.Results;
import dev.mailroom.mime.Composer;
import java.util.List;

/** Who takes part. */
final class Contenders {
    private static final String ANGUS_OPEN = "Angus, open transport";
    private static final String NODELAY = "socket factory with TCP_NODELAY";

    private Contenders() {
    }

    /** All of them; none has a process yet. */
    static List<Contender> all() {
        return List.of(
                new PeerContender(Results.OURS, "as many connections as senders",
                        MailroomPeer.class, ClassPath.of("jakarta.resource-api-").withJakartaMail()
                                .with(SmtpSession.class, Composer.class),
                        scenario -> true),
                new FacadeContender(),
                new SmtpSource(),
                new PeerContender(ANGUS_OPEN, NODELAY + ", mail.smtp.localhost and mail.from set",
                        AngusOpenPeer.class, ClassPath.of().withJakartaMail(), scenario -> true),
                new PeerContender("Angus open, bytes kept",
                        "the same; a MimeMessage of one's own whose writeTo writes bytes rendered before",
                        AngusOpenPeer.class, ClassPath.of().withJakartaMail(),
                        scenario -> scenario.content() == Content.READY, "-Dbenchmark.bytes=true"),
                new PeerContender("Angus open, provider named",
                        "the same; -Djakarta.mail.util.StreamProvider=org.eclipse.angus.mail.util.MailStreamProvider",
                        AngusOpenPeer.class, ClassPath.of().withJakartaMail(),
                        scenario -> scenario.content() == Content.COMPOSED && scenario.roundTrip().isZero(),
                        "-Djakarta.mail.util.StreamProvider=org.eclipse.angus.mail.util.MailStreamProvider"),
                new PeerContender("Angus open, Nagle on", "no socket factory, as it comes",
                        AngusOpenPeer.class, ClassPath.of().withJakartaMail(), Contenders::showsNagle,
                        "-Dbenchmark.nagle=true"),
                new PeerContender(Goals.ANGUS_CONNECTING, NODELAY + ", quitwait=false; for TLS one shared SSLContext",
                        AngusConnectingPeer.class, ClassPath.of().withJakartaMail(),
                        scenario -> scenario.mode() == Mode.SINGLE),
                new PeerContender("Spring JavaMailSender",
                        "properties as Angus; send(message) for single mails, send(array of up to 1000) for streams",
                        SpringPeer.class, ClassPath.of("spring-", "commons-logging-", "micrometer-", "jspecify-")
                                .withJakartaMail(),
                        scenario -> true),
                new PeerContender("Simple Java Mail, batch module",
                        "properties as Angus; pool of as many connections as senders, address validation off",
                        SimpleJavaMailPeer.class, ClassPath.of("simple-java-mail-", "core-module-", "batch-module-",
                                "smtp-connection-pool-", "clustered-object-pool-", "generic-object-pool-", "jmail-",
                                "jetbrains-runtime-annotations-", "throwing-function-", "slf4j-api-")
                                .withJakartaMail(),
                        scenario -> scenario.content() == Content.COMPOSED).pinned(),
                new PeerContender("Vert.x mail client",
                        "a client with one connection for each sender, pipelining, TCP_NODELAY;"
                                + " composes on its event loop",
                        VertxPeer.class, ClassPath.of("vertx-", "netty-", "jackson-core-"),
                        scenario -> scenario.content() == Content.COMPOSED));
    }

    /** Those whose idle connections are worth a look: they keep one for each sender. */
    static List<PeerContender> keeping(List<Contender> contenders) {
        return contenders.stream().filter(it -> List.of(Results.OURS, ANGUS_OPEN).contains(it.name()))
                .map(PeerContender.class::cast).toList();
    }

    private static boolean showsNagle(Scenario scenario) {
        return scenario.size() == 10 * 1024 && scenario.roundTrip().isZero();
    }
}
