package dev.mailroom.smtp;

import dev.mailroom.Phase;

/** What a reply is awaited for. */
enum Step {
    RESET(Phase.MAIL),
    MAIL(Phase.MAIL),
    RECIPIENT(Phase.RCPT),
    DATA(Phase.DATA),
    /** BDAT without LAST. */
    CHUNK(Phase.DATA),
    /** The final dot, or BDAT LAST: 250 accepts the mail. */
    END(Phase.FINAL_DOT),
    /** A dot without content, to end a DATA that the server accepted though nobody is to get the mail. */
    LONE_DOT(Phase.DATA);

    final Phase phase;

    Step(Phase phase) {
        this.phase = phase;
    }

    /** Whether all is well (RFC 5321, section 4.3.2); any other code in 2yz or 3yz belongs to something else. */
    boolean agrees(int code) {
        return switch (this) {
            case RECIPIENT -> code == 250 || code == 251 || code == 252;
            case DATA -> code == 354;
            case LONE_DOT -> false;
            default -> code == 250;
        };
    }
}
