package dev.mailroom.console.problem;

import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.facade.MailError;
import dev.mailroom.spool.SpoolException;
import dev.mailroom.spool.SpoolInDoubtException;
import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Answers every exception of the API with a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger("dev.mailroom.console.problem");

    @Context
    private UriInfo uri;
    @Context
    private Request request;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof ProblemException ours) {
            return answer(ours.problem()).build();
        }
        if (thrown instanceof WebApplicationException refused && refused.getResponse().getStatus() >= 400) {
            return refusal(refused.getResponse());
        }
        if (thrown instanceof SmtpException failed) {
            return answer(MailProblems.of(failed)).build();
        }
        if (thrown instanceof SessionRefusedException refused) {
            return answer(MailProblems.of(refused)).build();
        }
        if (thrown instanceof SpoolInDoubtException doubt) {
            return answer(MailProblems.of(MailError.of(MailError.Code.SPOOL_IN_DOUBT, doubt.getMessage()))).build();
        }
        if (thrown instanceof SpoolException unavailable) {
            return answer(Problem.busy(unavailable.getMessage())).build();
        }
        return answer(incident(thrown)).build();
    }

    private Response refusal(Response refused) {
        String call = request.getMethod() + " " + uri.getRequestUri().getPath();
        String detail = switch (refused.getStatus()) {
            case 404 -> "There is nothing at " + call + ".";
            case 405 -> call + " is not possible; possible is " + refused.getHeaderString(HttpHeaders.ALLOW) + ".";
            case 406 -> call + " answers in application/json only.";
            case 415 -> call + " takes Content-Type: application/json.";
            default -> "The request was refused.";
        };
        Response.ResponseBuilder answer = answer(new Problem(refused.getStatus(), detail));
        String allow = refused.getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? answer : answer.header(HttpHeaders.ALLOW, allow)).build();
    }

    private static Problem incident(Throwable thrown) {
        String number = UUID.randomUUID().toString();
        LOG.log(Level.ERROR, "Incident " + number, thrown);
        return new Problem(500, "Something is wrong in the console, not in the request; the server's log tells more "
                + "under the incident's number.", Json.createObjectBuilder().add("incident", number).build());
    }

    private static Response.ResponseBuilder answer(Problem problem) {
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.toJson());
        return problem.extensions().containsKey(Problem.RETRY_AFTER)
                ? answer.header(HttpHeaders.RETRY_AFTER, problem.extensions().getInt(Problem.RETRY_AFTER)) : answer;
    }
}
