package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.Accepted;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.Spool;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A spool in memory. */
final class FakeSpool extends Spool {
    final List<Mail> mails = new ArrayList<>();
    final List<String> started = new ArrayList<>();
    private final Map<String, Accepted> keys = new HashMap<>();
    SpoolException refusal;
    SpoolState state = SpoolState.PENDING;
    String error = "";
    private String owner = "";

    @Override
    public void started(Caller caller, SmtpSession session) {
        started.add(session.name());
    }

    @Override
    public Accepted accept(Caller caller, SmtpSession session, Mail mail, String messageId, String idempotencyKey)
            throws SpoolException {
        if (refusal != null) {
            throw refusal;
        }
        owner = caller.name();
        mails.add(mail);
        var accepted = new Accepted(new MailIdentifier(mails.size()), messageId, false);
        return idempotencyKey.isEmpty() ? accepted : keys.computeIfAbsent(idempotencyKey, key -> accepted);
    }

    @Override
    public Optional<MailStatus> status(MailIdentifier id) {
        return id.number() > mails.size() ? Optional.empty() : Optional.of(new MailStatus(id, owner, "queue", "id",
                state, 1, 1, Instant.EPOCH, Instant.EPOCH, SmtpReply.NONE, error, List.of()));
    }

    @Override
    public CompletionStage<MailStatus> completion(MailIdentifier id) {
        return CompletableFuture.completedStage(status(id).orElseThrow());
    }
}
