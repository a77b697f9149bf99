package dev.mailroom.console.rest;

import dev.mailroom.Caller;
import dev.mailroom.Delivery;
import dev.mailroom.SmtpSession;
import dev.mailroom.SmtpSessions;
import dev.mailroom.SmtpSettings;
import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.console.problem.MailProblems;
import dev.mailroom.console.problem.ProblemException;
import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailSMTPSession;
import dev.mailroom.facade.MailError;
import dev.mailroom.facade.MailFacade;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
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
    @Inject
    private SmtpSessions sessions;
    @Inject
    private RestAuditTrail audit;

    /** The console's open sessions, by name. */
    @GET
    public JsonObject list() {
        var open = Json.createArrayBuilder();
        for (SmtpSession session : sessions.open(new Caller(ConsoleSettings.USER))) {
            SmtpSettings settings = session.settings();
            open.add(Json.createObjectBuilder()
                    .add("id", new SessionPath(session.name(), session.id()).segment())
                    .add("username", session.name())
                    .add("names", Json.createArrayBuilder(sessions.names(session)))
                    .add("server", settings.host())
                    .add("port", settings.port())
                    .add("tls", settings.tls().name())
                    .add("asynchronous", session.asynchronous()));
        }
        return Json.createObjectBuilder().add("sessions", open).build();
    }

    /** {@code EmailStartSMTPSession}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response start(JsonDocument document, @Context UriInfo uri) {
        SessionRequest wanted = SessionRequest.from(document);
        EmailSMTPSession session = wanted.session();
        if (!mail.emailStartSession(session)) {
            throw failed();
        }
        audit.did("started " + (wanted.mode() == EmailMode.EMAIL_ASYNCHRONOUS ? "asynchronous session " : "session ")
                + wanted.username() + " at " + wanted.server() + ":" + wanted.port());
        String id = new SessionPath(wanted.username(), session.getId()).segment();
        JsonObject open = Json.createObjectBuilder().add("status", "open")
                .add("id", id).add("username", wanted.username())
                .add("server", wanted.server()).add("port", wanted.port()).build();
        return Response.created(uri.getAbsolutePathBuilder().segment("{session}").build(id)).entity(open).build();
    }

    /** {@code EmailSendMessage}. */
    @POST
    @Path("{session}/messages")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response send(@PathParam("session") String session, JsonDocument document) {
        Email email = MessageRequest.from(document);
        SessionPath path = SessionPath.of(session);
        String name = path.name();
        if (!(path.id().isEmpty() ? mail.emailSendMessage(name, email) : mail.emailSendMessage(opened(path), email))) {
            if (isInDoubt()) {
                audit.did("sent a mail over session " + name + ", which is in doubt");
            }
            throw failed();
        }
        if (email.getAsynchronousEmailIdentifier().isEmpty()) {
            audit.did("sent mail " + email.getId() + " over session " + name);
            return sent(email);
        }
        if (email.getDuplicateOf().isEmpty()) {
            audit.did("gave mail " + email.getAsynchronousEmailIdentifier() + ", " + email.getId()
                    + ", to the spool for session " + name);
        }
        return pending(email);
    }

    private boolean isInDoubt() {
        return mail.lastError().filter(error -> error.code() == MailError.Code.SPOOL_IN_DOUBT || error.failure()
                .filter(failure -> failure.delivery() == Delivery.IN_DOUBT).isPresent()).isPresent();
    }

    private static Response sent(Email email) {
        return Response.ok(Json.createObjectBuilder().add("status", "sent").add("messageId", email.getId())
                .add("refused", MailProblems.refused(email.getRefused()))
                .add("recipients", MailProblems.recipients(email.getRecipientOutcomes())).build()).build();
    }

    private static Response pending(Email email) {
        return Response.accepted(MessageAnswer.spooled(
                email.getAsynchronousEmailIdentifier(), email.getId(), email.getDuplicateOf())).build();
    }

    /** {@code EmailCloseSession}. */
    @DELETE
    @Path("{session}")
    public void close(@PathParam("session") String session) {
        SessionPath path = SessionPath.of(session);
        if (path.id().isEmpty()) {
            mail.emailCloseSession(path.name());
        } else {
            mail.emailCloseSession(opened(path));
        }
        if (mail.errorOccurred()) {
            throw failed();
        }
        audit.did("closed session " + path.name());
    }

    private EmailSMTPSession opened(SessionPath path) {
        if (sessions.open(new Caller(ConsoleSettings.USER), path.id()).isEmpty()) {
            throw SessionPath.notOpen();
        }
        return EmailSMTPSession.ofId(path.name(), path.id());
    }

    private ProblemException failed() {
        MailError error = mail.lastError()
                .orElseThrow(() -> new IllegalStateException("a mail function failed without an error"));
        return new ProblemException(MailProblems.of(error));
    }
}
