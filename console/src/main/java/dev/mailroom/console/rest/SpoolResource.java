package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.SpoolAdministration;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.MailStatus;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolFill;
import dev.mailroom.spool.SpoolState;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What waits in the spool and what was given up, whoever sent it; never a mail's content. */
@Path("spool")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SpoolResource {
    @Inject
    private SpoolAdministration spool;
    @Inject
    private RestAuditTrail audit;

    /** Mails in one state, the oldest first; without a state those that a person has to decide about. */
    @GET
    public JsonObject list(@QueryParam("state") @DefaultValue("") String state,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("") String limit) throws SpoolException {
        SpoolPage page = SpoolPage.of(state, after, limit);
        List<MailStatus> found = new ArrayList<>();
        for (SpoolState one : page.states()) {
            found.addAll(spool.list(one, page.after(), page.limit()));
        }
        found.sort(Comparator.comparingLong(mail -> mail.id().number()));
        var mails = Json.createArrayBuilder();
        for (MailStatus mail : found.subList(0, Math.min(found.size(), page.limit()))) {
            mails.add(json(mail));
        }
        SpoolFill waiting = spool.fill();
        return Json.createObjectBuilder()
                .add("waiting", Json.createObjectBuilder()
                        .add("messages", waiting.messages()).add("bytes", waiting.bytes()))
                .add("messages", mails).build();
    }

    /** One mail. */
    @GET
    @Path("{id}")
    public JsonObject one(@PathParam("id") String id) throws SpoolException {
        return json(find(id));
    }

    /** Sends a failed mail, or one in doubt, again: to those who have not got it. */
    @POST
    @Path("{id}/resend")
    public Response resend(@PathParam("id") String id) throws SpoolException {
        MailStatus mail = find(id);
        if (!spool.resend(mail.id())) {
            throw conflict(mail, "Only failed mails and mails in doubt are sent again");
        }
        audit.did("had mail " + mail.id() + " of session " + mail.queue().session() + " sent again");
        return Response.accepted(json(find(id))).build();
    }

    /** Deletes a mail that is not just being sent. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) throws SpoolException {
        MailStatus mail = find(id);
        if (!spool.delete(mail.id())) {
            throw conflict(mail, "A mail that is just being sent cannot be deleted");
        }
        audit.did("deleted mail " + mail.id() + " of session " + mail.queue().session());
    }

    /** Sends all mails again that one incident has put in doubt. */
    @POST
    @Path("incidents/{incident}/resend")
    public Response resendIncident(@PathParam("incident") String incident) throws SpoolException {
        int again = some(spool.resendIncident(incident), incident);
        audit.did("had " + again + " mails sent again that were in doubt by incident " + incident);
        return Response.accepted(Json.createObjectBuilder().add("messages", again).build()).build();
    }

    /** Deletes all mails that one incident has put in doubt. */
    @DELETE
    @Path("incidents/{incident}")
    public void deleteIncident(@PathParam("incident") String incident) throws SpoolException {
        int deleted = some(spool.deleteIncident(incident), incident);
        audit.did("deleted " + deleted + " mails that were in doubt by incident " + incident);
    }

    private static int some(int mails, String incident) {
        if (mails == 0) {
            throw new ProblemException(new Problem(404,
                    "No mail is in doubt by an incident " + incident + ", or no longer."));
        }
        return mails;
    }

    private JsonObject json(MailStatus mail) throws SpoolException {
        return SpoolJson.of(mail, spool.server(mail.queue()));
    }

    private MailStatus find(String id) throws SpoolException {
        return spool.find(identifier(id)).orElseThrow(() -> new ProblemException(new Problem(404,
                "The spool has no mail " + id + ", or no longer.")));
    }

    private static MailIdentifier identifier(String id) {
        try {
            return MailIdentifier.parse(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(new Problem(404, "There is no such mail: " + e.getMessage() + "."));
        }
    }

    private static ProblemException conflict(MailStatus mail, String rule) {
        return new ProblemException(new Problem(409, rule + "; mail " + mail.id() + " was " + mail.state() + "."));
    }
}
