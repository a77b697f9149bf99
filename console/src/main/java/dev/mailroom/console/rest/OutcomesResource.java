package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.SpoolAdministration;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.UntoldOutcome;
import dev.mailroom.spool.UntoldOutcomes;
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

/** Outcomes of spooled mails that the application has not acknowledged: its observers fail, or have not returned. */
@Path("outcomes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class OutcomesResource {
    @Inject
    private SpoolAdministration spool;
    @Inject
    private RestAuditTrail audit;

    /** How many there are, since when, and the outcomes, the oldest mail first. */
    @GET
    public JsonObject list(@QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("") String limit) throws SpoolException {
        SpoolPage page = SpoolPage.of("", after, limit);
        var outcomes = Json.createArrayBuilder();
        for (UntoldOutcome one : spool.untold(page.after(), page.limit())) {
            outcomes.add(OutcomeJson.of(one));
        }
        UntoldOutcomes all = spool.untold();
        var answer = Json.createObjectBuilder().add("count", all.count()).add("failing", all.failing());
        all.oldest().ifPresent(oldest -> answer.add("oldest", oldest.toString()));
        return answer.add("outcomes", outcomes).build();
    }

    /** Tells the application now instead of after the back-off. */
    @POST
    @Path("{id}/tell")
    public void tell(@PathParam("id") String id) throws SpoolException {
        if (!spool.tellAgain(identifier(id))) {
            throw none(id);
        }
        audit.did("had the outcome of mail " + id + " told again");
    }

    /** Tells the application no more. */
    @DELETE
    @Path("{id}")
    public void drop(@PathParam("id") String id) throws SpoolException {
        if (!spool.dropOutcome(identifier(id))) {
            throw none(id);
        }
        audit.did("dropped the outcome of mail " + id + ", which the application had not acknowledged");
    }

    private static MailIdentifier identifier(String id) {
        try {
            return MailIdentifier.parse(id);
        } catch (IllegalArgumentException e) {
            throw none(id);
        }
    }

    private static ProblemException none(String id) {
        return new ProblemException(new Problem(404, "There is no outcome of a mail " + id + " to tell: the application"
                + " has acknowledged it, or there is no such mail."));
    }
}
