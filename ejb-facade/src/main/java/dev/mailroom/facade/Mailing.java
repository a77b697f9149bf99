package dev.mailroom.facade;

import dev.mailroom.spool.RecipientOutcome;
import java.util.List;
import java.util.Optional;

/** Emails that are sent together, and how each of them ended. Used by one thread. */
final class Mailing {
    private final List<Email> emails;
    private final boolean[] ended;
    private int failed;
    private int firstFailed = -1;
    private MailError firstError;

    Mailing(List<Email> emails) {
        this.emails = emails;
        emails.forEach(Email::begins);
        ended = new boolean[emails.size()];
    }

    int size() {
        return emails.size();
    }

    Email email(int index) {
        return emails.get(index);
    }

    void sent(int index, List<RecipientOutcome> recipients) {
        ended[index] = true;
        email(index).ended(recipients, Optional.empty());
    }

    void failed(int index, MailError error) {
        ended[index] = true;
        failed++;
        if (firstFailed < 0 || index < firstFailed) {
            firstFailed = index;
            firstError = error;
        }
        email(index).ended(error.recipients(), Optional.of(error));
    }

    /** Mails without a result are not attempted any more, for that reason. */
    void giveUp(MailError error) {
        for (int index = 0; index < ended.length; index++) {
            if (!ended[index]) {
                failed(index, error);
            }
        }
    }

    /** @throws MailFunctionException with the first error, if there was any */
    void complain() throws MailFunctionException {
        if (failed > 0) {
            throw new MailFunctionException(firstError.after(failed + " of " + emails.size()
                    + " mails were not sent. The first, <Emails>[" + (firstFailed + 1) + "]: "));
        }
    }
}
