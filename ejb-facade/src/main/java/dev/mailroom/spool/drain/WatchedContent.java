package dev.mailroom.spool.drain;

import dev.mailroom.MailData;
import dev.mailroom.spool.LostContentException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A content that remembers why it was not written, which is the fault of neither server nor connection: the spool has
 * lost it, or the mail's lease has ended.
 */
final class WatchedContent implements MailData {
    /** Why a late one was not sent. */
    static final String LATE = "this server has lost touch with the spool's database, and the lease of the mail ends:"
            + " another server may send it";

    private final MailData content;
    private final BooleanSupplier leased;
    private volatile boolean late;
    private volatile Optional<String> loss = Optional.empty();

    /** @param leased whether it may be sent now */
    WatchedContent(MailData content, BooleanSupplier leased) {
        this.content = content;
        this.leased = leased;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public boolean eightBit() {
        return content.eightBit();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (!leased.getAsBoolean()) {
            late = true;
            throw new IOException(LATE);
        }
        try {
            content.writeTo(out);
        } catch (LostContentException e) {
            loss = Optional.of(e.getMessage());
            throw e;
        }
    }

    /** Whether it was asked for too late. */
    boolean late() {
        return late;
    }

    /** Why it can never be sent. */
    Optional<String> loss() {
        return loss;
    }
}
