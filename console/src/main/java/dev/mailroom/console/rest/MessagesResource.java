package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What became of a mail. Mails of synchronous sessions have no identifier, so none is known yet. */
@Path("messages/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
    /** {@code EmailStatus}. */
    @GET
    public JsonObject status(@PathParam("id") String id) {
        throw new ProblemException(new Problem(404, "No mail has the identifier " + id
                + ". Only mails of asynchronous sessions have one; the answer to sending shows it."));
    }
}
