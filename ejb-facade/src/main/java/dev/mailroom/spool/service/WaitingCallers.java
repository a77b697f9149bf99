package dev.mailroom.spool.service;

import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** The callers of this server that wait for the outcome of a mail; kept in memory only. Thread-safe. */
final class WaitingCallers {
    /** Asks the store. */
    interface Look {
        Optional<MailStatus> status(MailIdentifier id) throws SpoolException;
    }

    private final Map<MailIdentifier, CompletableFuture<MailStatus>> waiting = new ConcurrentHashMap<>();
    private final Look look;

    WaitingCallers(Look look) {
        this.look = look;
    }

    /** Completes when the mail's state is final. */
    CompletionStage<MailStatus> await(MailIdentifier id) {
        return waiting.computeIfAbsent(id, any -> new CompletableFuture<>()).minimalCompletionStage();
    }

    /** Whether somebody waits for it. */
    boolean isAwaited(MailIdentifier id) {
        return waiting.containsKey(id);
    }

    /** Something happened to the mail. */
    void look(MailIdentifier id) {
        CompletableFuture<MailStatus> future = waiting.get(id);
        if (future == null) {
            return;
        }
        try {
            Optional<MailStatus> status = look.status(id);
            if (status.isEmpty()) {
                future.completeExceptionally(new SpoolException("the mail " + id + " was deleted or never committed"));
            } else if (!status.get().state().open()) {
                future.complete(status.get());
            }
        } catch (SpoolException e) {
            future.completeExceptionally(e);
        }
        if (future.isDone()) {
            waiting.remove(id, future);
        }
    }

    /** Checks every mail that a caller waits for: another server may have sent it. */
    void lookAtAll() {
        waiting.keySet().forEach(this::look);
    }
}
