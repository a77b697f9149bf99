package dev.mailroom.transport;

import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import java.io.IOException;

/**
 * Commands and replies of a SASL exchange in SMTP's words (RFC 4954), which other protocols translate: 334 is a
 * challenge, 235 consent, 504 an unknown mechanism, another 5yz a refusal for good, 4yz one for now.
 */
public interface AuthLine {
    /** Sends a line, logs another text in its place, and waits for the reply. */
    SmtpReply exchange(String line, String logged) throws IOException, SmtpException;

    /** The text of the last reply as it came: what is masked in a challenge could not be answered any more. */
    String challenge();
}
