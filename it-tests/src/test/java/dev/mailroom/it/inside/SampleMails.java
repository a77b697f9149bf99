package dev.mailroom.it.inside;

import dev.mailroom.facade.Email;
import java.util.function.Consumer;

/** Mails that nothing is wrong with, but for what a test does to them. */
public final class SampleMails {
    private SampleMails() {
    }

    /** From Jack to Jill. */
    public static Email letter() {
        return letter(email -> { });
    }

    /** From Jack to Jill, changed. */
    public static Email letter(Consumer<Email> change) {
        Email email = new Email();
        email.setSender("Jack <jack@example.org>");
        email.getRecipient().add("Jill <jill@example.org>");
        email.setSubject("The hill");
        email.setMessage("Fetch a pail of water.");
        change.accept(email);
        return email;
    }
}
