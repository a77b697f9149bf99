package dev.mailroom.store;

import dev.mailroom.receiving.MessageEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a FETCH response (RFC 3501, section 7.4.2) tells of a mail. */
record ImapEntry(long uid, long size, boolean seen, Optional<Instant> received) {
    private static final Pattern FETCH = Pattern.compile("(?is)\\d{1,10} FETCH \\(.*");
    private static final Pattern UID = Pattern.compile("(?i)[( ]UID (\\d{1,10})\\b");
    private static final Pattern SIZE = Pattern.compile("(?i)[( ]RFC822\\.SIZE (\\d{1,18})\\b");
    private static final Pattern FLAGS = Pattern.compile("(?i)[( ]FLAGS \\(([^)]*)\\)");
    private static final Pattern DATE = Pattern.compile("(?i)[( ]INTERNALDATE \"([^\"]*)\"");
    private static final Pattern CONTENT = Pattern.compile(
            "(?is).*[( ]BODY\\[[^]]*](?:<\\d+>)? ?(\\{}|NIL|\"((?:[^\"\\\\]|\\\\.)*+)\").*");
    private static final DateTimeFormatter WHEN = new DateTimeFormatterBuilder().parseCaseInsensitive()
            .appendPattern("d-MMM-yyyy HH:mm:ss xx").toFormatter(Locale.ENGLISH);

    /** Empty where the response is another, or lacks UID or size. */
    static Optional<ImapEntry> of(String response) {
        Matcher uid = UID.matcher(response);
        Matcher size = SIZE.matcher(response);
        if (!FETCH.matcher(response).matches() || !uid.find() || !size.find()) {
            return Optional.empty();
        }
        Matcher flags = FLAGS.matcher(response);
        boolean seen = flags.find() && flags.group(1).toLowerCase(Locale.ROOT).contains("\\seen");
        return Optional.of(new ImapEntry(Long.parseLong(uid.group(1)), Long.parseLong(size.group(1)), seen,
                date(response)));
    }

    private static Optional<Instant> date(String response) {
        Matcher date = DATE.matcher(response);
        try {
            return date.find() ? Optional.of(OffsetDateTime.parse(date.group(1).strip(), WHEN).toInstant())
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a response has the content of a mail, or had it in a literal. */
    static boolean hasContent(String response) {
        return FETCH.matcher(response).matches() && CONTENT.matcher(response).matches();
    }

    /** What came as a string within the response; a NIL is nothing. */
    static Optional<String> shortContent(String response) {
        Matcher content = CONTENT.matcher(response);
        return content.matches() && content.group(2) != null
                ? Optional.of(content.group(2).replaceAll("\\\\(.)", "$1")) : Optional.empty();
    }

    MessageEntry at(int number, String identifier) {
        return new MessageEntry(number, identifier, size, seen, received);
    }
}
