package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mailroom.Deadline;
import dev.mailroom.Mail;
import dev.mailroom.Receipt;
import dev.mailroom.SmtpSettings;
import dev.mailroom.testing.CountingSink;
import dev.mailroom.testing.SinkSettings;
import dev.mailroom.transport.SocketTransportFactory;
import dev.mailroom.transport.TrustSettings;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static long allocatedFor(Draft draft, int times) throws Exception {
        long me = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(me);
        for (int i = 0; i < times; i++) {
            Mails.COMPOSER.compose(draft).mail().data().writeTo(OutputStream.nullOutputStream());
        }
        return (THREADS.getThreadAllocatedBytes(me) - before) / times;
    }

    @Test
    void aMailOfOneKibibyteOfTextLeavesLessThanTwentyKilobytesOfGarbage() throws Exception {
        var draft = Mails.bodies(("x".repeat(70) + "\n").repeat(14), "");
        allocatedFor(draft, 1_000);
        long bytes = allocatedFor(draft, 1_000);
        assertTrue(bytes < 20_000 + 1_024, bytes + " bytes a mail");
    }

    @Test
    void anAttachmentAddsItsEncodedSizeAndLittleElse() throws Exception {
        var draft = Mails.bodies("text", "<p>", Mails.file("a.pdf", new byte[10_240]));
        allocatedFor(draft, 1_000);
        long bytes = allocatedFor(draft, 1_000);
        assertTrue(bytes < 20_000 + Base64Lines.encodedSize(10_240), bytes + " bytes a mail");
    }

    @Test
    void aLargeAttachmentIsNeverCopiedWhole() throws Exception {
        var draft = Mails.bodies("text", "", Mails.file("large.bin", new byte[25 << 20]));
        allocatedFor(draft, 2);
        long bytes = allocatedFor(draft, 2);
        assertTrue(bytes < 1 << 20, bytes + " bytes for 25 MiB");
    }

    @Test
    void aLargeFileGoesFromTheDiskToTheServerInLittleMemory(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("large.bin"), new byte[25 << 20]);
        long me = Thread.currentThread().getId();
        for (SinkSettings offer : List.of(SinkSettings.ALL, SinkSettings.ALL.without("CHUNKING"))) {
            try (var sink = CountingSink.start(offer);
                    var transports = new SocketTransportFactory(TrustSettings.jdk())) {
                var link = transports.open(SmtpSettings.of("ann", "127.0.0.1", sink.port()), Deadline.NEVER);
                long before = THREADS.getThreadAllocatedBytes(me);
                Mail mail = Mails.COMPOSER.compose(
                        Mails.bodies("text", "", new Attachment("large.bin", "", ContentSource.of(file), ""))).mail();
                assertInstanceOf(Receipt.class, link.send(mail, Deadline.NEVER));
                long allocated = THREADS.getThreadAllocatedBytes(me) - before;
                // All that was allocated, kept or not: memory in use at any moment is less.
                assertTrue(allocated < 8 << 20, allocated + " bytes for a file of 25 MiB");
                assertTrue(sink.counts().bytes() > 25 << 20);
                link.close();
            }
        }
    }
}
