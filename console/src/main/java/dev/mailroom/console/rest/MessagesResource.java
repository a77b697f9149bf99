package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.EmailStatus;
import dev.mailroom.facade.MailError;
import dev.mailroom.facade.MailFacade;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What became of a mail. Mails of synchronous sessions have no identifier. */
@Path("messages/{id}")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class MessagesResource {
    @Inject
    private MailFacade mail;

    /** {@code EmailStatus}. */
    @GET
    public JsonObject status(@PathParam("id") String id) {
        EmailStatus status = mail.emailStatus(id);
        if (status != EmailStatus.EMAIL_ERROR) {
            return Json.createObjectBuilder()
                    .add("status", status == EmailStatus.EMAIL_SENT ? "sent" : "pending").build();
        }
        MailError error = mail.lastError()
                .orElseThrow(() -> new IllegalStateException("an error without a reason"));
        if (error.code() == MailError.Code.SMTP) {
            return Json.createObjectBuilder().add("status", "error").add("reason", error.message()).build();
        }
        throw new ProblemException(new Problem(error.code() == MailError.Code.BAD_ARGUMENT ? 404 : 503,
                error.message()));
    }
}
