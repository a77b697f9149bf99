package dev.mailroom.parsing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The header of a mail that was received. Immutable. */
public final class ReceivedHeader {
    /**
     * One field.
     *
     * @param name as it was written
     * @param value on one line, otherwise as it was written
     */
    public record RawField(String name, String value) {
        /** The same, decoded (RFC 2047). */
        public RawField decoded() {
            return new RawField(name, WordDecoding.decode(value));
        }
    }

    private final List<RawField> fields;

    ReceivedHeader(List<RawField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Every field in its order, not decoded. */
    public List<RawField> fields() {
        return fields;
    }

    /** The same, decoded (RFC 2047). */
    public List<RawField> decoded() {
        return fields.stream().map(RawField::decoded).toList();
    }

    /** The values of all fields of that name, whatever its case, decoded (RFC 2047), each on one line. */
    public List<String> all(String name) {
        return raw(name).stream().map(value -> WordDecoding.decode(value)).toList();
    }

    /** The first of them; empty if there is none. */
    public String text(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    /** The mailboxes of all fields of that name, each {@code name <address>} or {@code address}. */
    public List<String> mailboxes(String name) {
        return raw(name).stream().flatMap(value -> MailboxList.of(value).stream()).toList();
    }

    /** The ids of a field such as References, without their angle brackets. */
    public List<String> identifiers(String name) {
        return raw(name).stream().flatMap(value -> List.of(value.split("[\\s,]+")).stream())
                .map(ReceivedHeader::bare).filter(id -> !id.isEmpty()).toList();
    }

    private static String bare(String id) {
        return id.length() > 1 && id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id;
    }

    /** The moment of Date; empty where there is none that can be read. */
    public Optional<Instant> date() {
        return DateReading.of(text("Date"));
    }

    FieldParameters parameters(String name) {
        return FieldParameters.of(raw(name).stream().findFirst().orElse(""));
    }

    private List<String> raw(String name) {
        return fields.stream().filter(field -> field.name().equalsIgnoreCase(name)).map(RawField::value).toList();
    }
}
