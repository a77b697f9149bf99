package dev.mailroom.console.rest;

import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.MailError;
import dev.mailroom.facade.MailFacade;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** Sessions and the mails that are sent over them. */
@Path("sessions")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
    @Inject
    private MailFacade mail;

    /** {@code EmailStartSMTPSession}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(JsonDocument document, @Context UriInfo uri) {
        SessionRequest wanted = SessionRequest.from(document);
        if (!mail.emailStartSMTPSession(wanted.username(), wanted.password(), wanted.server(), wanted.port(),
                wanted.mode(), wanted.option())) {
            throw failed();
        }
        JsonObject open = Json.createObjectBuilder().add("status", "open").add("username", wanted.username())
                .add("server", wanted.server()).add("port", wanted.port()).build();
        return Response.created(uri.getAbsolutePathBuilder().segment("{user}").build(wanted.username()))
                .entity(open).build();
    }

    /** {@code EmailSendMessage}. */
    @POST
    @Path("{username}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(@PathParam("username") String username, JsonDocument document) {
        Email email = MessageRequest.from(document);
        if (!mail.emailSendMessage(username, email)) {
            throw failed();
        }
        return email.getAsynchronousEmailIdentifier().isEmpty() ? sent(email) : pending(email);
    }

    private static Response sent(Email email) {
        return Response.ok(Json.createObjectBuilder().add("status", "sent").add("messageId", email.getId())
                .add("refused", MailProblems.refused(email.getRefused())).build()).build();
    }

    private static Response pending(Email email) {
        return Response.accepted(Json.createObjectBuilder().add("status", "pending")
                .add("id", email.getAsynchronousEmailIdentifier()).add("messageId", email.getId()).build()).build();
    }

    /** {@code EmailCloseSession}. */
    @DELETE
    @Path("{username}")
    public void close(@PathParam("username") String username) {
        mail.emailCloseSession(username);
        if (mail.errorOccurred()) {
            throw failed();
        }
    }

    private ProblemException failed() {
        MailError error = mail.lastError()
                .orElseThrow(() -> new IllegalStateException("a mail function failed without an error"));
        return new ProblemException(MailProblems.of(error));
    }
}
