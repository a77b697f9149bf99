package dev.mailroom.console.rest;

import dev.mailroom.console.mailbox.DevelopmentMailServer;
import dev.mailroom.console.mailbox.DevelopmentMailbox;
import dev.mailroom.console.mailbox.MailView;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What the development mailbox received. */
@Path("mailbox")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MailboxResource {
    @Inject
    private DevelopmentMailbox development;
    @Inject
    private RestAuditTrail audit;

    /** All mails, newest first: envelope, subject, the beginning of the text. */
    @GET
    public JsonObject list() {
        DevelopmentMailServer mailbox = mailbox();
        var mails = Json.createArrayBuilder();
        mailbox.newestFirst().forEach(mail -> mails.add(MailJson.summary(MailView.of(mail))));
        var answer = Json.createObjectBuilder().add("host", DevelopmentMailServer.HOST).add("port", mailbox.port());
        mailbox.ports().pop3().ifPresent(port -> answer.add("pop3Port", port));
        mailbox.ports().imap().ifPresent(port -> answer.add("imapPort", port));
        return answer.add("messages", mails).build();
    }

    /** One mail with its bodies, attachments and source. */
    @GET
    @Path("{id}")
    public JsonObject one(@PathParam("id") long id) {
        return mailbox().newestFirst()
                .filter(mail -> mail.id() == id)
                .findFirst()
                .map(mail -> MailJson.whole(MailView.of(mail)))
                .orElseThrow(() -> new ProblemException(
                        new Problem(404, "The development mailbox has no mail " + id + ", or no longer.")));
    }

    /** Forgets all mails. */
    @DELETE
    public void clear() {
        mailbox().clear();
        audit.did("emptied the development mailbox");
    }

    private DevelopmentMailServer mailbox() {
        return development.mailbox().orElseThrow(() -> new ProblemException(new Problem(404,
                "The development mailbox is not running. It is switched on with mailroom.console.mailbox=on; if it "
                        + "is on, its port was in use when the server started: see the log.")));
    }
}
