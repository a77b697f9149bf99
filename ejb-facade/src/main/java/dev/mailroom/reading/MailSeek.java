package dev.mailroom.reading;

import dev.mailroom.Identity.MailProtocol;
import dev.mailroom.SmtpException;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ReceivedHeader;
import dev.mailroom.receiving.MailSearch;
import dev.mailroom.receiving.MailSearch.Where;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for mails in the open folder, one after the other. IMAP's server looks once, for all; with POP3 headers are
 * read until one matches, and whole mails only where their text is looked for. Not thread-safe.
 */
public final class MailSeek {
    private final ReceivingSession session;
    private final MailSearch search;
    private final List<MessageEntry> found = new ArrayList<>();
    private final boolean byReading;
    private int next;

    private MailSeek(ReceivingSession session, MailSearch search, boolean byReading) {
        this.session = session;
        this.search = search;
        this.byReading = byReading;
    }

    /** Begins before the first mail. */
    public static MailSeek of(ReceivingSession session, MailSearch search) throws SmtpException {
        MailSeek seek = new MailSeek(session, search, session.settings().protocol() == MailProtocol.POP3);
        synchronized (session) {
            if (seek.byReading) {
                int count = session.count();
                for (int number = 1; number <= count; number++) {
                    seek.found.add(entry(number, ""));
                }
            } else {
                session.count();
                session.imap(mailbox -> seek.found.addAll(mailbox.search(search).stream()
                        .map(number -> entry(number, mailbox.identifier(number))).toList()));
            }
        }
        return seek;
    }

    private static MessageEntry entry(int number, String identifier) {
        return new MessageEntry(number, identifier, 0, false, Optional.empty());
    }

    /** The next mail that matches, where the position then is; empty = there is none. */
    public Optional<FetchedMail> next() throws SmtpException {
        synchronized (session) {
            while (next < found.size()) {
                int number = session.locate(found.get(next++));
                if (number > 0 && (!byReading || matches(number))) {
                    Optional<FetchedMail> mail = new MailReader(session, false).read(number);
                    if (mail.isPresent()) {
                        return mail;
                    }
                }
            }
            return Optional.empty();
        }
    }

    private boolean matches(int number) throws SmtpException {
        boolean header = search.where() != Where.BODY && search.where() != Where.ANYWHERE;
        return search.where() == Where.ANYTHING || new MailReader(session, header).fetch(number)
                .map(FetchedMail::content).filter(this::matches).isPresent();
    }

    private boolean matches(ParsedMail mail) {
        ReceivedHeader header = mail.header();
        Stream<String> body = Stream.of(mail.text(), mail.html());
        Stream<String> texts = switch (search.where()) {
            case ANYTHING -> Stream.of("");
            case ANYWHERE -> Stream.concat(body, header.fields().stream()
                    .flatMap(field -> header.all(field.name()).stream()));
            case BODY -> body;
            case SUBJECT -> header.all("Subject").stream();
            case FROM -> header.all("From").stream();
            case TO -> header.all("To").stream();
            case CC -> header.all("Cc").stream();
            case MESSAGE_ID -> header.all("Message-ID").stream();
        };
        String wanted = search.text().toLowerCase(Locale.ROOT);
        return texts.anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
