package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

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
    void aLargeAttachmentIsNeverCopiedWhole() throws Exception {
        var draft = Mails.bodies("text", "", Mails.file("large.bin", new byte[25 << 20]));
        allocatedFor(draft, 2);
        long bytes = allocatedFor(draft, 2);
        assertTrue(bytes < 1 << 20, bytes + " bytes for 25 MiB");
    }
}
