package dev.mailroom.console.rest;

import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.EmailReceivingSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.receiving.ReceivingSession;
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
import java.util.Locale;

/** Sessions that receive. */
@Path("receiving")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReceivingResource {
    @Inject
    private MailFacade mail;
    @Inject
    private Mailboxes mailboxes;
    @Inject
    private RestAuditTrail audit;

    /** {@code EmailStartPOP3Session}, {@code EmailStartIMAPSession}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(JsonDocument document, @Context UriInfo uri) {
        ReceivingRequest wanted = ReceivingRequest.from(document);
        EmailReceivingSession session = wanted.session();
        if (!mail.emailStartSession(session)) {
            throw new ProblemException(MailProblems.ofReceiving(mail.lastError().orElseThrow(
                    () -> new IllegalStateException("a mail function failed without an error"))));
        }
        audit.did("opened the " + wanted.protocol() + " mailbox " + wanted.username() + " at " + wanted.server() + ":"
                + wanted.port());
        String id = new SessionPath(wanted.username(), session.getId()).segment();
        JsonObject open = Json.createObjectBuilder().add("status", "open")
                .add("id", id).add("username", wanted.username())
                .add("protocol", wanted.protocol().name().toLowerCase(Locale.ROOT))
                .add("server", wanted.server()).add("port", wanted.port()).build();
        return Response.created(uri.getAbsolutePathBuilder().segment("{session}").build(id)).entity(open).build();
    }

    /** {@code EmailCloseSession}. */
    @DELETE
    @Path("{session}")
    public void close(@PathParam("session") String session) throws SmtpException, SessionRefusedException {
        ReceivingSession open = mailboxes.open(session);
        mailboxes.close(open);
        audit.did("closed the mailbox " + open.name());
    }
}
