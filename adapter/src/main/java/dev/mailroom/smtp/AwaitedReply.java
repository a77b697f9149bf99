package dev.mailroom.smtp;

import dev.mailroom.Phase;

/** What an awaited reply answers. */
enum AwaitedReply {
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

    AwaitedReply(Phase phase) {
        this.phase = phase;
    }

    /**
     * Whether all is well: the first digit decides (RFC 5321, section 4.2). But for the end of the content 220 and 221
     * belong to something else, a greeting or a good-bye, and 334 to AUTH.
     */
    boolean agrees(int code) {
        return switch (this) {
            case DATA -> code / 100 == 3 && code != 334;
            case LONE_DOT -> false;
            case END -> code / 100 == 2;
            default -> code / 100 == 2 && code != 220 && code != 221;
        };
    }
}
