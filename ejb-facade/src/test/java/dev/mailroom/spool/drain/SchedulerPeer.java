package dev.mailroom.spool.drain;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * What a Java team would build: db-scheduler, which keeps each mail as a task in PostgreSQL, and Angus Mail with one
 * open connection for each of its threads. Claims in batches, as its documentation recommends for throughput.
 */
final class SchedulerPeer implements AutoCloseable {
    private static final int THREADS = 12;
    private static final String TABLE = """
            create table scheduled_tasks (task_name text not null, task_instance text not null, task_data bytea,
                execution_time timestamp with time zone not null, picked boolean not null, picked_by text,
                last_success timestamp with time zone, last_failure timestamp with time zone,
                consecutive_failures int, last_heartbeat timestamp with time zone, version bigint not null,
                priority smallint, primary key (task_name, task_instance));
            create index execution_time_idx on scheduled_tasks (execution_time);
            create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)""";

    private final Session session;
    private final int port;
    private final ThreadLocal<Transport> transports = new ThreadLocal<>();
    private final OneTimeTask<byte[]> task =
            Tasks.oneTime("mail", byte[].class).execute((instance, context) -> send(instance.getData()));
    private final Scheduler scheduler;
    private final AtomicLong next = new AtomicLong();

    SchedulerPeer(DataSource source, int port) throws Exception {
        var properties = new Properties();
        properties.setProperty("mail.from", "sender@example.org");
        this.session = Session.getInstance(properties);
        this.port = port;
        try (var connection = source.getConnection(); var statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        this.scheduler = Scheduler.create(source, task).threads(THREADS).pollUsingLockAndFetch(0.5, 4.0)
                .pollingInterval(Duration.ofMillis(100)).build();
    }

    void accept(byte[] content) {
        scheduler.schedule(task.instance(Long.toString(next.incrementAndGet()), content), Instant.now());
    }

    void drain() {
        scheduler.start();
    }

    private void send(byte[] content) {
        try {
            Transport transport = transports.get();
            if (transport == null) {
                transport = session.getTransport("smtp");
                transport.connect("127.0.0.1", port, null, null);
                transports.set(transport);
            }
            transport.sendMessage(new MimeMessage(session, new ByteArrayInputStream(content)),
                    InternetAddress.parse("a@x.org"));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
