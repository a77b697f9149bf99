package dev.mailroom.spool.jdbc;

import dev.mailroom.SmtpReply;

/** A server's reply, or a message for a person, in one bounded column. */
final class ReplyText {
    private static final int LONGEST = 4000;

    private ReplyText() {
    }

    static String write(SmtpReply reply) {
        return reply.isPresent() ? bounded(reply.code() + "," + reply.enhancedStatus() + "," + reply.text()) : "";
    }

    static SmtpReply read(String text) {
        String[] parts = text.split(",", 3);
        return parts.length < 3 ? SmtpReply.NONE : new SmtpReply(Integer.parseInt(parts[0]), parts[1], parts[2]);
    }

    /** Cuts a text to what the column takes; NUL cannot be stored in PostgreSQL. */
    static String bounded(String text) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    }
}
