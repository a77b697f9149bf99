package dev.mailroom.parsing;

import dev.mailroom.parsing.Delimiters.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Takes a mail apart (RFC 2045 to 2049, 2183, 2387). Total: whatever octets it is given, it ends, yields a mail, and
 * throws nothing; the time it takes is proportional to their number.
 */
public final class MailParser {
    private static final String MIXED = "multipart/mixed";

    private final ParsingLimits limits;
    private final List<ParsedPart> parts = new ArrayList<>();
    private String text = "";
    private String html = "";
    private int seen;

    private MailParser(ParsingLimits limits) {
        this.limits = limits;
    }

    /** Reads a mail within the usual limits; the octets must not change as long as its parts are used. */
    public static ParsedMail parse(byte[] source) {
        return parse(source, ParsingLimits.DEFAULTS);
    }

    /** Reads a mail. */
    public static ParsedMail parse(byte[] source, ParsingLimits limits) {
        MailParser parser = new MailParser(limits);
        MimeEntity mail = MimeEntity.read(source, 0, source.length, limits.headerOctets());
        parser.visit(mail, 0, MIXED, false);
        return new ParsedMail(mail.header(), parser.text, parser.html, parser.parts);
    }

    /** Reads a header alone. */
    public static ReceivedHeader header(byte[] source) {
        return MimeEntity.read(source, 0, source.length, ParsingLimits.DEFAULTS.headerOctets()).header();
    }

    /**
     * Looks at one entity.
     *
     * @param within the type of the multipart that it is a part of
     * @param beside whether it only belongs to another: an image of the HTML before it
     */
    private void visit(MimeEntity entity, int depth, String within, boolean beside) {
        FieldParameters type = entity.header().parameters("Content-Type");
        String name = typeName(type.value(), within);
        seen++;
        if (name.startsWith("multipart/") && depth < limits.depth() && seen < limits.parts()) {
            List<Slice> slices = slices(entity, type.get("boundary"));
            if (!slices.isEmpty()) {
                multipart(entity, name, slices, depth);
                return;
            }
        }
        leaf(entity, name, type, within, beside);
    }

    /** RFC 2045, section 5.2: without a type, or with one that is none, it is a text; in a digest, a mail. */
    private static String typeName(String given, String within) {
        String name = given.toLowerCase(Locale.ROOT);
        if (name.matches("[^\\s/]+/[^\\s/]+")) {
            return name;
        }
        return name.equals("text") || !within.equals("multipart/digest") ? "text/plain" : "message/rfc822";
    }

    private List<Slice> slices(MimeEntity entity, String boundary) {
        return boundary.isEmpty() ? List.of() : Delimiters.split(entity.source(), entity.from(), entity.to(),
                boundary, limits.parts() - seen);
    }

    private void multipart(MimeEntity entity, String name, List<Slice> slices, int depth) {
        boolean related = name.equals("multipart/related");
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            if (slice.rest()) {
                parts.add(new ParsedPart("", "application/octet-stream", "",
                        () -> Arrays.copyOfRange(entity.source(), slice.from(), slice.to())));
            } else {
                MimeEntity part = MimeEntity.read(entity.source(), slice.from(), slice.to(), limits.headerOctets());
                visit(part, depth + 1, name, related && i > 0);
            }
        }
    }

    private void leaf(MimeEntity entity, String name, FieldParameters type, String within, boolean beside) {
        FieldParameters disposition = entity.header().parameters("Content-Disposition");
        String file = disposition.get("filename").isEmpty() ? type.get("name") : disposition.get("filename");
        boolean shown = !disposition.value().equalsIgnoreCase("attachment") && file.isEmpty() && !beside
                && entity.to() - entity.from() <= limits.textOctets();
        if (shown && name.equals("text/plain") && (text.isEmpty() || !within.equals("multipart/alternative"))) {
            String more = text(entity, type);
            text = text.isEmpty() || text.endsWith("\n") || more.isEmpty() ? text + more : text + "\n" + more;
        } else if (shown && name.equals("text/html") && html.isEmpty()) {
            html = text(entity, type);
        } else {
            String written = type.without("name");
            boolean typed = written.matches("(?s)[^\\s/;]+/[^\\s/;]+(;.*)?");
            boolean whole = name.startsWith("multipart/");
            parts.add(new ParsedPart(file, whole || !typed ? whole ? "application/octet-stream" : name : written,
                    identifier(entity), () -> whole
                            ? Arrays.copyOfRange(entity.source(), entity.begin(), entity.to()) : entity.content()));
        }
    }

    private static String identifier(MimeEntity entity) {
        return entity.header().identifiers("Content-ID").stream().findFirst().orElse("");
    }

    private static String text(MimeEntity entity, FieldParameters type) {
        return TextDecoding.decode(entity.content(), type.get("charset")).replace("\r\n", "\n").replace('\r', '\n')
                .replace('\0', '\ufffd');
    }
}
