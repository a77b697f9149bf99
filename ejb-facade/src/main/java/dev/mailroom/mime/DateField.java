package dev.mailroom.mime;

import dev.mailroom.mime.DraftException.Part;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date field (RFC 5322, section 3.3). Formatted once a second, however many mails there are. */
final class DateField {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private record Second(long epoch, String text) {
    }

    private final Clock clock;
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    DateField(Clock clock) {
        this.clock = clock;
    }

    /** That moment in the clock's zone. */
    String of(Instant moment) {
        ZonedDateTime local;
        try {
            local = moment.atZone(clock.getZone());
        } catch (DateTimeException beyondAllYears) {
            throw wrong(moment);
        }
        // RFC 5322, section 3.3: four digits, and not before 1900.
        if (local.getYear() < 1900 || local.getYear() > 9999) {
            throw wrong(moment);
        }
        return FORMAT.format(local);
    }

    private static DraftException wrong(Instant moment) {
        return new DraftException(Part.DATE, "is " + moment + "; expected a year from 1900 to 9999");
    }

    String now() {
        Instant now = clock.instant();
        Second known = last;
        if (known.epoch != now.getEpochSecond()) {
            known = new Second(now.getEpochSecond(), FORMAT.format(ZonedDateTime.ofInstant(now, clock.getZone())));
            last = known;
        }
        return known.text;
    }
}
