package dev.mailroom.arrival;

import dev.mailroom.SmtpException;
import dev.mailroom.receiving.MessageEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** An open mailbox, as its reader uses it: by identifiers, since numbers change. For one thread. */
interface ArrivalSource {
    /** The mails that are not done, in the order of their arrival. */
    List<MessageEntry> waiting() throws SmtpException;

    /** How many of them may be done before {@link #end} has to make it final. */
    int most();

    /** Reads a mail, which leaves it as it is; false = it has gone. */
    boolean read(MessageEntry mail, OutputStream to) throws SmtpException, IOException;

    /** Does what is to be done with a mail that was handled. */
    void done(MessageEntry mail) throws SmtpException;

    /** Makes everything that was done final; false = only {@link #end} does. */
    boolean settle() throws SmtpException;

    /** Puts a dead letter away; false = it stays where it is. */
    boolean bury(MessageEntry mail) throws SmtpException;

    /** Waits until the server tells of news, at most that long; false = this server does not tell. */
    boolean await(Duration longest) throws SmtpException;

    /** Makes everything final and leaves. */
    void end() throws SmtpException;

    /** Leaves without that. Never throws. */
    void abandon();

    /** Opens one. */
    @FunctionalInterface
    interface SourceOpener {
        ArrivalSource open() throws SmtpException;
    }
}
