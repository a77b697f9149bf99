package dev.mailroom.console.rest;

import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.parsing.MailParser;
import dev.mailroom.parsing.ParsedMail;
import dev.mailroom.parsing.ParsedPart;
import dev.mailroom.reading.FetchedMail;
import dev.mailroom.receiving.MessageEntry;
import dev.mailroom.receiving.ReceivingSession;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The mails of a receiving session, by their numbers. */
@Path("receiving/{session}/messages")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReceivedMailsResource {
    @Inject
    private Mailboxes mailboxes;
    @Inject
    private RequestOctets octets;
    @Inject
    private RestAuditTrail audit;

    /** What there is, by number. */
    @GET
    public JsonObject list(@PathParam("session") String session, @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("limit") @DefaultValue("") String limit) throws SmtpException, SessionRefusedException {
        return MailListing.of(from, limit).read(mailboxes.at(session));
    }

    /** One mail, taken apart. */
    @GET
    @Path("{number}")
    public JsonObject one(@PathParam("session") String session, @PathParam("number") int number)
            throws SmtpException, SessionRefusedException, IOException {
        return ReceivedJson.whole(fetch(mailboxes.at(session), number));
    }

    /** One mail as it travelled. What cannot be read to its end is a problem, never half a file. */
    @GET
    @Path("{number}/source")
    @Produces(MediaType.WILDCARD)
    public Response source(@PathParam("session") String session, @PathParam("number") int number)
            throws SmtpException, SessionRefusedException, IOException {
        ReceivingSession mailbox = mailboxes.at(session);
        PassingFile file = PassingFile.create();
        try {
            synchronized (mailbox) {
                there(mailbox, number);
                if (!mailbox.content(number, file.out())) {
                    throw noMail(mailbox, number);
                }
            }
        } catch (SmtpException | IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return Downloads.answer("message/rfc822", "message-" + number + ".eml", file.size(), file.in());
    }

    /** An attachment, decoded; 0 is the first. */
    @GET
    @Path("{number}/attachments/{index}")
    @Produces(MediaType.WILDCARD)
    public Response attachment(@PathParam("session") String session, @PathParam("number") int number,
            @PathParam("index") int index) throws SmtpException, SessionRefusedException, IOException {
        ParsedMail mail = fetch(mailboxes.at(session), number).content();
        if (index < 0 || index >= mail.parts().size()) {
            throw new ProblemException(new Problem(404, "Mail " + number + " has " + mail.parts().size()
                    + " attachments, counted from 0; there is no attachment " + index + "."));
        }
        ParsedPart part = mail.parts().get(index);
        byte[] content = part.content();
        boolean nameless = part.name().isEmpty() && part.contentType().startsWith("message/rfc822");
        return Downloads.answer(MediaType.APPLICATION_OCTET_STREAM, nameless ? "message.eml" : part.name(),
                content.length,
                new ByteArrayInputStream(content));
    }

    /** {@code EmailDeleteMessage}: final when the session is closed. */
    @DELETE
    @Path("{number}")
    public void delete(@PathParam("session") String session, @PathParam("number") int number)
            throws SmtpException, SessionRefusedException {
        ReceivingSession mailbox = mailboxes.at(session);
        if (!mailbox.delete(number)) {
            throw noMail(mailbox, number);
        }
        audit.did("marked mail " + number + " of the mailbox " + mailbox.name() + " as deleted");
    }

    private FetchedMail fetch(ReceivingSession mailbox, int number) throws SmtpException, IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        MessageEntry entry;
        synchronized (mailbox) {
            entry = there(mailbox, number);
            octets.holdWhole(entry.size(), "Mail " + number);
            if (!mailbox.content(number, whole)) {
                throw noMail(mailbox, number);
            }
        }
        byte[] source = whole.toByteArray();
        return new FetchedMail(entry, source, MailParser.parse(source));
    }

    /** What the server says of a mail that may be read. */
    private static MessageEntry there(ReceivingSession mailbox, int number) throws SmtpException {
        MessageEntry entry = mailbox.entry(number).orElseThrow(() -> noMail(mailbox, number));
        if (entry.size() > mailbox.settings().maxMessage()) {
            throw new ProblemException(new Problem(403, "Mail " + number + " has " + entry.size() + " octets, more than"
                    + " the " + mailbox.settings().maxMessage() + " that mailroom.receive.max-message lets be read."));
        }
        return entry;
    }

    private static ProblemException noMail(ReceivingSession mailbox, int number) {
        return new ProblemException(new Problem(404, "The mailbox " + mailbox.name() + " has no mail " + number
                + ": numbers begin with 1, and a mail that is deleted is none."));
    }
}
