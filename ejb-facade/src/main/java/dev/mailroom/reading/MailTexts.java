package dev.mailroom.reading;

import dev.mailroom.parsing.HtmlText;

/**
 * The bodies of an Email. Of a mail of which only the header was read, the rest is read when something of it is asked
 * for, or set. Not thread-safe.
 */
public abstract class MailTexts extends ReceivedProperties {
    private String message = "";
    private String html = "";

    /** Of no mail yet. */
    protected MailTexts() {
        // Both are empty.
    }

    /** The plain text body. */
    public String getMessage() {
        complete();
        return message;
    }

    /** Sets the plain text body; line ends of any kind. */
    public void setMessage(String message) {
        complete();
        this.message = message == null ? "" : message;
    }

    /** The HTML body. */
    public String getHtml() {
        complete();
        return html;
    }

    /** Sets the HTML body; with a text as well the mail is multipart/alternative. */
    public void setHtml(String html) {
        complete();
        this.html = html == null ? "" : html;
    }

    /**
     * The text of the HTML body, for a mail that came without a plain one: tags are dropped, blocks are lines, scripts
     * and styles are left out. Made anew by each call, and in no way safe to be shown as HTML.
     */
    public String getTextOfHtml() {
        return HtmlText.of(getHtml());
    }

    @Override
    protected void forget() {
        super.forget();
        message = "";
        html = "";
    }
}
