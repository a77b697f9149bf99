package dev.mailroom.console.mailbox;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import jakarta.mail.internet.MimeMessage;
import java.util.function.Consumer;

/** The user that GreenMail delivers every mail to; it passes the mail on and has no folders. */
final class RecordingUser implements GreenMailUser {
    private final Consumer<MovingMessage> receiver;

    RecordingUser(Consumer<MovingMessage> receiver) {
        this.receiver = receiver;
    }

    @Override
    public void deliver(MovingMessage mail) {
        receiver.accept(mail);
    }

    @Override
    public void deliver(MimeMessage mail) {
        throw new UnsupportedOperationException("mail arrives by SMTP only");
    }

    @Override
    public String getEmail() {
        return "";
    }

    @Override
    public String getLogin() {
        return "";
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void setPassword(String password) {
        // There is none.
    }

    @Override
    public void authenticate(String password) {
        // Everybody is welcome.
    }

    @Override
    public String getQualifiedMailboxName() {
        return "";
    }

    @Override
    public void create() {
        // Nothing to make.
    }

    @Override
    public void delete() {
        // Nothing to remove.
    }
}
