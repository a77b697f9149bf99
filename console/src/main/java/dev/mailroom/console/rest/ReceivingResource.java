package dev.mailroom.console.rest;

import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
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
    private Mailboxes mailboxes;
    @Inject
    private RestAuditTrail audit;

    /** {@code EmailStartPOP3Session}, {@code EmailStartIMAPSession}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(JsonDocument document, @Context UriInfo uri) throws SmtpException, SessionRefusedException {
        ReceivingRequest wanted = ReceivingRequest.from(document);
        ReceivingSession session = mailboxes.start(wanted);
        audit.did("opened the " + wanted.protocol() + " mailbox " + session.name() + " at " + wanted.server() + ":"
                + wanted.port());
        String id = new SessionPath(session.name(), session.id()).segment();
        JsonObject open = Json.createObjectBuilder().add("status", "open")
                .add("id", id).add("username", session.name())
                .add("protocol", wanted.protocol().name().toLowerCase(Locale.ROOT))
                .add("server", wanted.server()).add("port", wanted.port()).build();
        return Response.created(uri.getAbsolutePathBuilder().segment("{session}").build(id)).entity(open).build();
    }

    /** {@code EmailCloseSession}. */
    @DELETE
    @Path("{session}")
    public void close(@PathParam("session") String session) throws SmtpException, SessionRefusedException {
        ReceivingSession open = mailboxes.at(session);
        mailboxes.close(open);
        audit.did("closed the mailbox " + open.name());
    }
}
