package dev.mailroom.spool.drain;

import dev.mailroom.Mail;
import dev.mailroom.SmtpSession;
import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.PrivatePostfix;
import dev.mailroom.testing.SinkSettings;
import java.io.ByteArrayOutputStream;

/** What else an application could hand its mails to: mails accepted and delivered a second. */
final class SpoolPeers {
    private SpoolPeers() {
    }

    /** Postfix as a durable relay: a private queue, its default fsync. It relays while it accepts. */
    static double[] postfix(int mails) throws Exception {
        try (var sink = CountingSink.start(SinkSettings.ALL); var postfix = PrivatePostfix.relayingTo(sink.port());
                var database = MeasuredDatabase.embedded();
                var stack = new DrainStack(database.source(), SpoolListener.NONE)) {
            SmtpSession session = stack.open("ann", postfix.plainPort());
            var mail = new Mail(SpoolRuns.envelope(), SpoolRuns.CONTENT);
            long begin = System.nanoTime();
            SpoolRuns.share(SpoolRuns.CALLERS, mails, () -> session.send(mail));
            double accepted = mails * 1e9 / (System.nanoTime() - begin);
            SpoolRuns.await(sink, mails);
            return new double[] {accepted, mails * 1e9 / (System.nanoTime() - begin)};
        }
    }

    /** What a Java team would build: db-scheduler with its tasks in PostgreSQL, and Angus Mail. */
    static double[] scheduler(int mails) throws Exception {
        var out = new ByteArrayOutputStream();
        SpoolRuns.CONTENT.writeTo(out);
        try (var database = MeasuredDatabase.postgresql(); var sink = CountingSink.start(SinkSettings.ALL);
                var peer = new SchedulerPeer(database.source(), sink.port())) {
            double accepted = SpoolRuns.rate(mails, () -> {
                SpoolRuns.share(SpoolRuns.CALLERS, mails, () -> {
                    peer.accept(out.toByteArray());
                    return null;
                });
                return null;
            });
            return new double[] {accepted, SpoolRuns.rate(mails, () -> {
                peer.drain();
                SpoolRuns.await(sink, mails);
                return null;
            })};
        }
    }
}
