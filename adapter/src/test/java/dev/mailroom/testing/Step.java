package dev.mailroom.testing;

import java.util.Locale;

/** The moments of a connection at which a {@link ScriptedSmtpServer} can be told to do something else. */
public enum Step {
    /** The connection was accepted (after the handshake where TLS is implicit); by default the 220 greeting. */
    GREETING,
    /** EHLO; the argument is the client's name. */
    EHLO,
    /** HELO; the argument is the client's name. */
    HELO,
    /** STARTTLS; a scripted reply of 220 is followed by the handshake, any other is not. */
    STARTTLS,
    /** Instead of the TLS handshake, implicit or after STARTTLS. An action that returns ends the connection. */
    TLS_HANDSHAKE,
    /** The AUTH line; the argument is the mechanism. A scripted 235 authenticates whatever was sent. */
    AUTH,
    /** The client has given its whole credentials; the argument is the mechanism; by default 235 or 535. */
    CREDENTIALS,
    /** MAIL FROM; the argument is the path without angle brackets. */
    MAIL,
    /** RCPT TO; the argument is the path without angle brackets. */
    RCPT,
    /** DATA; a scripted 354 is followed by the content, any other reply is not. */
    DATA,
    /** Within the content of DATA or BDAT, see {@link Action#afterBytes}. A reply here replaces the final one. */
    CONTENT,
    /** The final dot of DATA was read. */
    FINAL_DOT,
    /** A whole BDAT chunk was read; the argument is what followed the verb, such as {@code 120 LAST}. */
    BDAT,
    /** RSET. */
    RSET,
    /** NOOP. */
    NOOP,
    /** QUIT; by default 221 and an orderly close. */
    QUIT,
    /** Any other command; the argument is the whole line. */
    OTHER;

    /** The step that a command line starts. */
    static Step of(String line) {
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        return switch (verb) {
            case "EHLO" -> EHLO;
            case "HELO" -> HELO;
            case "STARTTLS" -> STARTTLS;
            case "AUTH" -> AUTH;
            case "MAIL" -> MAIL;
            case "RCPT" -> RCPT;
            case "DATA" -> DATA;
            case "BDAT" -> BDAT;
            case "RSET" -> RSET;
            case "NOOP" -> NOOP;
            case "QUIT" -> QUIT;
            default -> OTHER;
        };
    }
}
