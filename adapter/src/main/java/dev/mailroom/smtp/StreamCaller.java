package dev.mailroom.smtp;

import dev.mailroom.Mail;
import dev.mailroom.Outcome;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The caller of a stream: gives its mails and is told their outcomes. An exception that it throws must not leave mails
 * without an outcome: the stream ends early, and the first exception is thrown after the last outcome.
 */
final class StreamCaller implements Consumer<Transaction> {
    private final Iterator<Mail> mails;
    private final BiConsumer<? super Mail, ? super Outcome> outcomes;
    private Optional<RuntimeException> complaint = Optional.empty();

    StreamCaller(Iterator<Mail> mails, BiConsumer<? super Mail, ? super Outcome> outcomes) {
        this.mails = mails;
        this.outcomes = outcomes;
    }

    Optional<Mail> next() {
        try {
            return complaint.isEmpty() && mails.hasNext() ? Optional.of(mails.next()) : Optional.empty();
        } catch (RuntimeException e) {
            complaint = Optional.of(e);
            return Optional.empty();
        }
    }

    @Override
    public void accept(Transaction mail) {
        try {
            outcomes.accept(mail.given, mail.outcome);
        } catch (RuntimeException e) {
            complaint = complaint.or(() -> Optional.of(e));
        }
    }

    void complain() {
        if (complaint.isPresent()) {
            throw complaint.get();
        }
    }
}
