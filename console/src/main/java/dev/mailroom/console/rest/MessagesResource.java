package dev.mailroom.console.rest;

import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.EmailStatus;
import dev.mailroom.facade.MailError;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.facade.SpoolAdministration;
import dev.mailroom.spool.MailIdentifier;
import dev.mailroom.spool.SpoolException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
    @Inject
    private SpoolAdministration spool;

    /** {@code EmailStatus}, and what became of each recipient. */
    @GET
    public JsonObject status(@PathParam("id") String id) throws SpoolException {
        JsonObjectBuilder answer = status(mail.emailStatus(id));
        spool.find(MailIdentifier.parse(id)).ifPresent(
                known -> answer.add("recipients", MailProblems.recipients(known.recipients())));
        return answer.build();
    }

    private JsonObjectBuilder status(EmailStatus status) {
        if (status == EmailStatus.EMAIL_SENT || status == EmailStatus.EMAIL_PENDING) {
            return Json.createObjectBuilder().add("status", status == EmailStatus.EMAIL_SENT ? "sent" : "pending");
        }
        MailError error = mail.lastError()
                .orElseThrow(() -> new IllegalStateException("an error without a reason"));
        if (error.code() == MailError.Code.SMTP) {
            return Json.createObjectBuilder().add("status", "error").add("reason", error.message());
        }
        throw new ProblemException(new Problem(error.code() == MailError.Code.BAD_ARGUMENT ? 404 : 503,
                error.message()));
    }
}
