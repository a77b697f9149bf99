package dev.mailroom.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SessionKey;
import dev.mailroom.SmtpSettings;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SessionTableTest {
    private final Set<SessionKey> told = new HashSet<>();
    private final SessionTable<AtomicBoolean> table = new SessionTable<>(
            AtomicBoolean::new, busy -> !busy.get(), session -> {
                if (!told.remove(session)) {
                    told.add(session);
                }
            });

    @Test
    void theLongestUnusedGoWhenThereAreTooManyButNotTheBusy() {
        table.of(session(0)).set(true);
        for (int n = 1; n < SessionTable.MOST; n++) {
            table.of(session(n));
        }
        AtomicBoolean second = table.of(session(1));
        assertEquals(SessionTable.MOST, table.sessions().size());
        table.of(session(SessionTable.MOST));
        assertEquals(SessionTable.MOST * 3 / 4 + 1, table.sessions().size());
        assertTrue(table.find(session(0).id()).isPresent(), "busy");
        assertSame(second, table.of(session(1)), "used just now");
        assertTrue(table.find(session(2).id()).isEmpty());
        assertEquals(told, Set.copyOf(table.sessions()), "told of who comes and who goes");
    }

    private static SessionKey session(int n) {
        return SmtpSettings.of("user" + n, "mx.example.org", 25).session();
    }
}
