package dev.mailroom.parsing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.mail.internet.MailDateFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateReadingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Tue, 1 Mar 2022 10:00:00 +0100 | 2022-03-01T09:00:00Z",
        "1 Mar 2022 10:00 -0530 | 2022-03-01T15:30:00Z",
        "Tue,  01 Mar 22 10:00:00 GMT | 2022-03-01T10:00:00Z",
        "01 Mar 99 10:00:00 PST | 1999-03-01T18:00:00Z",
        "Tue, 1 Mar 2022 10:00:00 +0100 (CET (winter)) | 2022-03-01T09:00:00Z",
        "Tue (day) , 1 Mar 2022 10:00:00 Z | 2022-03-01T10:00:00Z",
        "Tuesday, 1 March 2022 10:00:00 +01:00 | 2022-03-01T09:00:00Z",
        "Sat, 31 Dec 2016 23:59:60 +0000 | 2016-12-31T23:59:59Z",
        "1-Mar-2022 10:00:00 UT | 2022-03-01T10:00:00Z"})
    void aDateIsReadInEveryFormThatIsSeen(String text, Instant moment) {
        assertEquals(Optional.of(moment), DateReading.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "31 Feb 2022 10:00:00 +0000", "1 Foo 2022 10:00:00 +0000",
        "1 Mar 2022 25:00:00 +0000", "1 Mar 2022 10:00:00 +9999", "(((((", "1 Mar 2022"})
    void whatIsNoDateHasNoMoment(String text) {
        assertEquals(Optional.empty(), DateReading.of(text));
    }

    @Test
    void everyMomentIsReadAsJakartaMailReadsIt() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            Instant moment = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            String text = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
                    .format(moment.atOffset(ZoneOffset.ofTotalSeconds(60 * random.nextInt(-720, 840))));
            assertEquals(Optional.of(moment), DateReading.of(text), text);
            assertEquals(moment, new MailDateFormat().parse(text).toInstant(), text);
        }
    }
}
