package dev.mailroom;

import java.util.List;

/** How one mail ended: a {@link Receipt} or a {@link Failure}. */
public sealed interface Outcome permits Receipt, Failure {
    /** What became of the mail. */
    Delivery delivery();

    /** The reply that decided, or {@link SmtpReply#NONE}. */
    SmtpReply reply();

    /** The recipients that the server refused; the mail may have gone to the others, see {@link #delivery}. */
    List<RefusedRecipient> refused();
}
