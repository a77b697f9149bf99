package dev.mailroom.sevenbit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The header of a mail or of one of its parts (RFC 5322, section 2.2): its fields and where they stand. */
final class EntityHeader {
    /**
     * A header field.
     *
     * @param name in lower case; empty for a line that is no field
     * @param from its first octet
     * @param to behind its last line end
     */
    record Field(String name, int from, int to) {
    }

    final List<Field> fields = new ArrayList<>();
    /** Its first octet. */
    final int from;
    /** Where the blank line begins; the end if there is none. */
    final int blankAt;
    /** Where the body begins. */
    final int bodyAt;

    private final Octets octets;

    EntityHeader(Octets octets, int from, int limit) {
        this.octets = octets;
        this.from = from;
        int at = from;
        int end = octets.lineEnd(at, limit);
        while (at < limit && end > at) {
            int next = octets.nextLine(end, limit);
            take(at, end, next);
            at = next;
            end = octets.lineEnd(at, limit);
        }
        blankAt = at;
        bodyAt = octets.nextLine(at, limit);
    }

    private void take(int from, int lineEnd, int to) {
        boolean folded = octets.bytes[from] == ' ' || octets.bytes[from] == '\t';
        if (folded && !fields.isEmpty()) {
            Field first = fields.remove(fields.size() - 1);
            fields.add(new Field(first.name(), first.from(), to));
            return;
        }
        String line = octets.text(from, lineEnd);
        String name = line.substring(0, Math.max(0, line.indexOf(':'))).strip().toLowerCase(Locale.ROOT);
        fields.add(new Field(name, from, to));
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The first field that has 8-bit characters, as a person finds it. */
    Optional<String> eightBitField() {
        return fields.stream().filter(field -> octets.eightBit(field.from(), field.to())).findFirst()
                .map(field -> field.name().isEmpty() ? "a line that is no header field" : "the field " + field.name());
    }

    Optional<DeclaredType> type() throws UnencodableException {
        Optional<String> value = value("content-type");
        Optional<DeclaredType> type = value.flatMap(DeclaredType::of);
        if (value.isPresent() && type.isEmpty()) {
            throw new UnencodableException("its Content-Type \"" + value.get() + "\" cannot be understood; correct it");
        }
        return type;
    }

    /** The content transfer encoding in lower case; {@code 7bit} where there is none (RFC 2045, section 6.1). */
    String encoding() {
        String value = value("content-transfer-encoding").orElse("").strip();
        return value.isEmpty() ? "7bit" : value.split("[\\s(;]", 2)[0].toLowerCase(Locale.ROOT);
    }

    private Optional<String> value(String name) {
        return field(name).map(field -> octets.text(field.from(), field.to()))
                .map(text -> text.substring(text.indexOf(':') + 1).replaceAll("[\r\n]", "").strip());
    }
}
