package dev.mailroom.spool;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Those who wait in this server's memory for what becomes of a mail. Thread-safe. */
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

    /** Looks after every mail that somebody waits for: another server may have sent it. */
    void lookAtAll() {
        waiting.keySet().forEach(this::look);
    }
}
