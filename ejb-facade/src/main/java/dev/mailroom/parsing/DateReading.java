package dev.mailroom.parsing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The moment in a Date field (RFC 5322, section 3.3), its obsolete forms (section 4.3) and usual slips included. */
final class DateReading {
    private static final Pattern FORM = Pattern.compile("(?:[a-z]+\\s*[.,]?\\s*)?(\\d{1,2})[\\s-]+([a-z]{3})[a-z]*"
            + "[\\s,-]+(\\d{2,4})\\s+(\\d{1,2})\\s*[:.]\\s*(\\d{2})(?:\\s*[:.]\\s*(\\d{2}))?(?:\\.\\d+)?\\s*"
            + "(?:([+-])(\\d{2}):?(\\d{2})|([a-z]{1,5}))?\\b.*");
    private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
            "oct", "nov", "dec");
    /** Hours from UTC; all other names count as UTC (section 4.3). */
    private static final Map<String, Integer> ZONES = Map.of(
            "est", -5, "edt", -4, "cst", -6, "cdt", -5, "mst", -7, "mdt", -6, "pst", -8, "pdt", -7);

    private DateReading() {
    }

    /** Empty where the text is no date. */
    static Optional<Instant> of(String text) {
        Matcher form = FORM.matcher(withoutComments(text).strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            int month = MONTHS.indexOf(form.group(2)) + 1;
            LocalDate day = LocalDate.of(year(form.group(3)), month, Integer.parseInt(form.group(1)));
            // A leap second counts as the second before it.
            int second = form.group(6) == null ? 0 : Math.min(59, Integer.parseInt(form.group(6)));
            LocalTime time = LocalTime.of(Integer.parseInt(form.group(4)), Integer.parseInt(form.group(5)), second);
            return Optional.of(day.atTime(time).toInstant(zone(form)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        return digits.length() == 2 && year < 50 ? year + 2000 : digits.length() < 4 ? year + 1900 : year;
    }

    private static ZoneOffset zone(Matcher form) {
        if (form.group(7) == null) {
            return ZoneOffset.ofHours(form.group(10) == null ? 0 : ZONES.getOrDefault(form.group(10), 0));
        }
        int minutes = Integer.parseInt(form.group(8)) * 60 + Integer.parseInt(form.group(9));
        return ZoneOffset.ofTotalSeconds((form.group(7).equals("-") ? -60 : 60) * minutes);
    }

    private static String withoutComments(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        int depth = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : 0;
            bare.append(depth > 0 ? ' ' : c);
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return bare.toString();
    }
}
