package dev.mailroom.facade;

import dev.mailroom.Caller;
import dev.mailroom.Mail;
import dev.mailroom.SmtpReply;
import dev.mailroom.SmtpSession;
import dev.mailroom.spool.AcceptedMail;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailLabels;
import dev.mailroom.spool.MailSchedule;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolQueue;
import dev.mailroom.spool.SpoolState;
import dev.mailroom.spool.service.Spool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A spool in memory. */
final class FakeSpool extends Spool {
    final List<Mail> mails = new ArrayList<>();
    final List<MailSchedule> schedules = new ArrayList<>();
    final List<MailLabels> given = new ArrayList<>();
    final List<String> started = new ArrayList<>();
    private final Map<String, AcceptedMail> keys = new HashMap<>();
    SpoolException refusal;
    Predicate<Mail> unexpected = mail -> false;
    SpoolState state = SpoolState.PENDING;
    String error = "";
    private String caller = "";

    @Override
    public void started(Caller caller, SmtpSession session) {
        started.add(session.name());
    }

    @Override
    public AcceptedMail accept(Caller caller, SmtpSession session, Mail mail, MailLabels labels,
            MailSchedule schedule) throws SpoolException {
        if (unexpected.test(mail)) {
            throw new IllegalStateException("unexpected");
        }
        schedules.add(schedule);
        if (refusal != null) {
            throw refusal;
        }
        this.caller = caller.name();
        mails.add(mail);
        given.add(labels);
        var accepted = new AcceptedMail(new MailIdentifier(mails.size()), labels.messageId(), Optional.empty());
        AcceptedMail first = labels.idempotencyKey().isEmpty() ? null
                : keys.putIfAbsent(caller.name() + "\n" + labels.idempotencyKey(), accepted);
        return first == null ? accepted : new AcceptedMail(first.id(), first.messageId(), Optional.of(state));
    }

    @Override
    public boolean delete(MailIdentifier id, boolean onlyIfItWaits) {
        return state == SpoolState.PENDING;
    }

    @Override
    public Optional<MailStatus> status(MailIdentifier id) {
        return id.number() > mails.size() ? Optional.empty() : Optional.of(new MailStatus(id, caller,
                SpoolQueue.named("queue"), "id", 1, Instant.EPOCH, state, 1, Optional.empty(), Optional.empty(),
                        SmtpReply.NONE, error, List.of()));
    }

    @Override
    public CompletionStage<MailStatus> completion(MailIdentifier id) {
        return CompletableFuture.completedStage(status(id).orElseThrow());
    }
}
