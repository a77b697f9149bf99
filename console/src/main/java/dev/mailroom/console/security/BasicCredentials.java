package dev.mailroom.console.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client sent as {@code Authorization: Basic …} (RFC 7617), in UTF-8. */
record BasicCredentials(String user, String password) {
    /** RFC 9110, section 11.1: the scheme's name has no case. */
    private static final Pattern HEADER = Pattern.compile("(?i:Basic) +(\\S+) *");

    /** Empty = another scheme, not Base64, not UTF-8, or no colon: no user can be read from it. */
    static Optional<BasicCredentials> of(String header) {
        Matcher basic = HEADER.matcher(header);
        if (!basic.matches()) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(basic.group(1)))).toString();
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty()
                    : Optional.of(new BasicCredentials(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "BasicCredentials[***]";
    }
}
