package dev.mailroom.mime;

/** An invitation: the richest of the bodies that say the same (RFC 6047, section 2.4), and no attachment. */
record CalendarPart(CheckedFile file) implements Entity {
    @Override
    public void writeFields(Rendering out) {
        Parameters type = file.type().named(file.name());
        if (!file.type().parameters().containsKey("charset")) {
            // What an iCalendar object is in (RFC 5545, section 3.1.4); a mail has to say so.
            type.add("charset", "UTF-8");
        }
        out.field("Content-Type", type.value());
        out.field("Content-Transfer-Encoding", file.content().encoding());
    }

    @Override
    public void writeBody(Rendering out) {
        out.gap(file.content());
    }
}
