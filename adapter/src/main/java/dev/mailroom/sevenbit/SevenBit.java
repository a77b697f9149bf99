package dev.mailroom.sevenbit;

import dev.mailroom.MailData;
import dev.mailroom.sevenbit.EntityHeader.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a mail and marks what is to be encoded: text in quoted-printable with its line ends, everything else in base64
 * octet for octet. What holds other parts loses its label 8bit (RFC 2045, section 6.4) and is walked through.
 */
public final class SevenBit {
    private static final Set<String> IDENTITY = Set.of("7bit", "8bit", "binary");
    private static final int DEEPEST = 50;

    private final Octets octets;
    private final ReencodedMail reencoded;

    private SevenBit(Octets octets) {
        this.octets = octets;
        this.reencoded = new ReencodedMail(octets);
    }

    /**
     * The same mail in 7 bits. Holds the given mail in memory once.
     *
     * @throws IOException when the mail cannot be read
     * @throws UnencodableException when it is signed, has 8-bit characters in a header or is no correct MIME
     */
    public static MailData of(MailData data) throws IOException, UnencodableException {
        SevenBit mail = new SevenBit(Octets.of(data));
        mail.message(0, mail.octets.length, 0);
        return mail.reencoded.mail();
    }

    private void message(int from, int to, int depth) throws UnencodableException {
        EntityHeader header = new EntityHeader(octets, from, to);
        if (depth == 0 && header.field("dkim-signature").isPresent()) {
            throw signed("its DKIM-Signature");
        }
        boolean mime = header.field("mime-version").isPresent();
        entity(header, to, "text/plain", mime ? List.of() : List.of("MIME-Version: 1.0"), depth);
    }

    private void part(int from, int to, String defaultType, int depth) throws UnencodableException {
        entity(new EntityHeader(octets, from, to), to, defaultType, List.of(), depth);
    }

    private void entity(EntityHeader header, int to, String defaultType, List<String> missing, int depth)
            throws UnencodableException {
        Optional<String> strange = header.eightBitField();
        if (strange.isPresent()) {
            throw new UnencodableException(strange.get() + " has 8-bit characters, which no content transfer encoding "
                    + "covers; write it with encoded words (RFC 2047)");
        }
        if (!octets.eightBit(header.bodyAt, to)) {
            reencoded.keep(header.from, to);
            return;
        }
        if (depth > DEEPEST) {
            throw new UnencodableException("its parts are nested more than " + DEEPEST + " deep");
        }
        Optional<DeclaredType> given = header.type();
        String type = given.map(DeclaredType::name).orElse(defaultType);
        if (!IDENTITY.contains(header.encoding())) {
            throw new UnencodableException("a part of type " + type + " has 8-bit characters although its encoding is "
                    + header.encoding() + "; correct it");
        }
        if (type.startsWith("multipart/")) {
            header(header, missing);
            multipart(given.orElseThrow(), header.bodyAt, to, depth);
        } else if (type.equals("message/rfc822")) {
            header(header, missing);
            message(header.bodyAt, to, depth + 1);
        } else if (type.startsWith("message/") && !type.equals("message/global")) {
            // RFC 2046, section 5.2: 7bit by definition.
            throw new UnencodableException("a part of type " + type + " has 8-bit characters, which it must not have; "
                    + "correct it");
        } else {
            leaf(header, to, type, missing);
        }
    }

    private void leaf(EntityHeader header, int to, String type, List<String> missing) {
        boolean text = type.startsWith("text/");
        List<String> more = new ArrayList<>(missing);
        if (header.field("content-type").isEmpty()) {
            // RFC 1428, section 3: the name for a charset that is not known.
            more.add("Content-Type: text/plain; charset="
                    + (octets.isUtf8(header.bodyAt, to) ? "UTF-8" : "unknown-8bit"));
        }
        more.add("Content-Transfer-Encoding: " + (text ? "quoted-printable" : "base64"));
        header(header, more);
        if (text) {
            reencoded.quotedPrintable(header.bodyAt, to);
        } else {
            reencoded.base64(header.bodyAt, to);
        }
    }

    /** The header without its encoding, which is 7bit where nothing is said. */
    private void header(EntityHeader header, List<String> more) {
        int kept = header.from;
        for (Field field : header.fields) {
            if (field.name().equals("content-transfer-encoding")) {
                reencoded.keep(kept, field.from());
                kept = field.to();
            }
        }
        reencoded.keep(kept, header.blankAt);
        more.forEach(reencoded::line);
        reencoded.keep(header.blankAt, header.bodyAt);
    }

    private void multipart(DeclaredType type, int from, int to, int depth) throws UnencodableException {
        if (type.name().equals("multipart/signed")) {
            throw signed("its multipart/signed");
        }
        String partType = type.name().equals("multipart/digest") ? "message/rfc822" : "text/plain";
        List<Delimiter> delimiters = Delimiter.all(octets, from, to, type);
        aside(from, delimiters.get(0).from());
        for (int i = 0; i < delimiters.size(); i++) {
            Delimiter delimiter = delimiters.get(i);
            reencoded.keep(delimiter.from(), delimiter.to());
            boolean end = i + 1 == delimiters.size();
            if (delimiter.last()) {
                aside(delimiter.to(), to);
            } else {
                part(delimiter.to(), end ? to : delimiters.get(i + 1).from(), partType, depth + 1);
            }
        }
    }

    /** What stands around the parts has no meaning (RFC 2046, section 5.1.1): it stays if it may, else it goes. */
    private void aside(int from, int to) {
        if (!octets.eightBit(from, to)) {
            reencoded.keep(from, to);
        }
    }

    private static UnencodableException signed(String what) {
        return new UnencodableException(what + " covers octets that would have to change; sign it once its parts are "
                + "encoded as quoted-printable or base64");
    }
}
