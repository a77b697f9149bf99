package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SameBytesAsJakartaMailTest {
    private static final int DRAFTS = Integer.getInteger("mailroom.drafts", 5_000);

    private final Composer composer = new Composer(Clock.systemUTC(), new SecureRandom());

    @Test
    void everyMailHasTheVeryBytesThatJakartaMailWouldHaveWritten() throws Exception {
        for (long seed = 0; seed < DRAFTS; seed++) {
            Draft draft = new RandomDrafts(seed).next();
            byte[] ours = JakartaMime.bytes(composer.compose(draft));
            byte[] theirs = JakartaMime.write(draft, JakartaMime.read(ours));
            int same = Arrays.mismatch(theirs, ours);
            if (same >= 0) {
                fail("seed " + seed + " differs at " + same + ", theirs: " + around(theirs, same)
                        + ", ours: " + around(ours, same) + ", draft: " + draft);
            }
        }
    }

    private static String around(byte[] mail, int at) {
        int from = Math.max(0, at - 60);
        return PrintableValue.quoted(new String(mail, from, Math.min(100, mail.length - from),
                StandardCharsets.ISO_8859_1));
    }
}
