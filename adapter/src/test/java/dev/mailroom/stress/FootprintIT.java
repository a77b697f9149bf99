package dev.mailroom.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.mailroom.SmtpSession;
import dev.mailroom.TlsMode;
import dev.mailroom.testing.SinkSettings;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sessions and mails cost in memory and threads, everything of the adapter included; the server is elsewhere. */
@Timeout(120)
class FootprintIT {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @CsvSource({"NONE, NONE, 20000", "STARTTLS, STARTTLS, 33000", "IMPLICIT, IMPLICIT, 33000"})
    void anIdleSessionIsSmall(SinkSettings.Tls offered, TlsMode tls, long most) throws Exception {
        long bytes = Footprint.bytesAnIdleSession(offered, tls);
        assertTrue(bytes > 1_000 && bytes < most, bytes + " bytes an idle session");
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    @Test
    void anIdleSessionHasNoThread() throws Exception {
        try (WholeAdapter house = new WholeAdapter(SinkSettings.ALL.withAuth(), TlsMode.NONE)) {
            // The watchdog, the sweeper and what the JDK needs for sockets.
            house.open(0, 1);
            Set<Thread> before = threads();
            house.open(1, 51);
            Set<Thread> more = threads();
            more.removeAll(before);
            assertEquals(Set.of(), more);
        }
    }

    @ParameterizedTest
    // What exceeds a kilobyte over TLS is the JDK's, for each record that it encrypts.
    @CsvSource({"NONE, NONE, true, 1000", "NONE, NONE, false, 1000", "STARTTLS, STARTTLS, true, 5000"})
    void aMailOfReadyBytesLeavesLittleGarbage(SinkSettings.Tls offered, TlsMode tls, boolean chunking, int most)
            throws Exception {
        SinkSettings offer = SinkSettings.ALL.withAuth().with(offered);
        try (WholeAdapter house = new WholeAdapter(chunking ? offer : offer.without("CHUNKING"), tls)) {
            SmtpSession session = house.used("ann");
            long me = Thread.currentThread().getId();
            long before = 0;
            int mails = 2_000;
            for (int i = 0; i < 2 * mails; i++) {
                if (i == mails) {
                    before = THREADS.getThreadAllocatedBytes(me);
                }
                session.send(WholeAdapter.MAIL);
            }
            long each = (THREADS.getThreadAllocatedBytes(me) - before) / mails;
            assertTrue(each < most, each + " bytes a mail");
        }
    }
}
