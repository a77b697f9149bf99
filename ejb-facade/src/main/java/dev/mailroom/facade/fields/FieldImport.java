package dev.mailroom.facade.fields;

import dev.mailroom.parsing.ReceivedHeader;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The groups of an Email that is described by its source. What could not be written again is left out: the header of a
 * stranger's mail may hold anything.
 *
 * @param fields empty = it has none of these fields
 * @param origin empty = its origin is its author alone
 */
public record FieldImport(Optional<EmailFields> fields, Optional<EmailOrigin> origin) {
    /** Of a mail that says nothing of them. */
    public static final FieldImport NOTHING = new FieldImport(Optional.empty(), Optional.empty());

    private static final Pattern URI = Pattern.compile("<\\s*([^<>\\s]+)\\s*>");

    /** Reads them. */
    public static FieldImport of(ReceivedHeader header) {
        return new FieldImport(readFields(header), readOrigin(header));
    }

    private static Optional<EmailOrigin> readOrigin(ReceivedHeader header) {
        EmailOrigin origin = new EmailOrigin();
        List<String> authors = header.mailboxes("From");
        if (authors.size() > 1) {
            origin.getFurtherAuthors().addAll(authors.subList(1, authors.size()));
        }
        List<String> senders = header.mailboxes("Sender");
        boolean another = senders.size() == 1 && !senders.equals(authors.stream().limit(1).toList());
        if (another) {
            origin.setTransmitter(senders.get(0));
        }
        return another || authors.size() > 1 ? Optional.of(origin) : Optional.empty();
    }

    private static Optional<EmailFields> readFields(ReceivedHeader header) {
        EmailFields fields = new EmailFields();
        header.identifiers("In-Reply-To").stream().limit(1).forEach(id -> tolerated(() -> fields.setInReplyTo(id)));
        tolerated(() -> fields.setReferences(header.identifiers("References")));
        tolerated(() -> fields.setAutoSubmitted(header.text("Auto-Submitted").strip()));
        unsubscribe(header.text("List-Unsubscribe"), fields);
        for (ReceivedHeader.RawField field : header.fields()) {
            if (fields.getOwn().size() == EmailFields.MOST) {
                break;
            }
            if (FieldNames.wrong(field.name()).isEmpty()) {
                tolerated(() -> fields.add(field.name(), field.decoded().value().strip()));
            }
        }
        return fields.written().isEmpty() ? Optional.empty() : Optional.of(fields);
    }

    private static void unsubscribe(String value, EmailFields fields) {
        String url = "";
        String mailto = "";
        for (Matcher uri = URI.matcher(value); uri.find();) {
            if (url.isEmpty() && uri.group(1).regionMatches(true, 0, "https:", 0, "https:".length())) {
                url = uri.group(1);
            } else if (mailto.isEmpty() && uri.group(1).regionMatches(true, 0, "mailto:", 0, "mailto:".length())) {
                mailto = uri.group(1);
            }
        }
        String page = url;
        String address = mailto;
        tolerated(() -> fields.unsubscribe(page, address));
    }

    private static void tolerated(Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            // Then the mail is described without it.
        }
    }
}
