package dev.mailroom.console.problem;

import dev.mailroom.Delivery;
import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SessionRefusedException;
import dev.mailroom.SmtpException;
import dev.mailroom.SmtpReply;
import dev.mailroom.facade.MailError;
import dev.mailroom.spool.RecipientOutcome;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Turns the facade's last error into a problem. */
public final class MailProblems {
    /** Not 503, which says that nothing was done and invites to send again without a thought. */
    private static final int IN_DOUBT = 502;

    private MailProblems() {
    }

    /** The problem of a mail error: {@code ErrorInfo(errMessage)} and what is known of the dialogue. */
    public static Problem of(MailError error) {
        JsonObjectBuilder more = Json.createObjectBuilder().add("code", error.code().name());
        error.failure().ifPresent(failure -> describe(failure, more));
        if (error.code() == MailError.Code.SPOOL_IN_DOUBT) {
            more.add("delivery", Delivery.IN_DOUBT.name());
        }
        if (!error.recipients().isEmpty()) {
            more.add("recipients", recipients(error.recipients()));
        }
        int status = status(error);
        if (status == 503) {
            more.add(Problem.RETRY_AFTER, 1);
        }
        return new Problem(status, error.message(), more.build());
    }

    /** The problem of a dialogue that receives, in which nothing is delivered. */
    public static Problem of(SmtpException failed) {
        boolean busy = failed.failure().phase() == Phase.LEASE;
        return ofReceiving(
                MailError.of(busy ? MailError.Code.NO_CONNECTION : MailError.Code.SMTP, failed.failure()));
    }

    /** The same of an error that the facade told. */
    public static Problem ofReceiving(MailError error) {
        Problem problem = of(error);
        return new Problem(problem.status(), problem.detail(),
                Json.createObjectBuilder(problem.extensions()).remove("delivery").build());
    }

    /** The problem of a session that is not there, or not allowed. */
    public static Problem of(SessionRefusedException refused) {
        return of(MailError.of(switch (refused.reason()) {
            case NO_SUCH_SESSION -> MailError.Code.NO_SUCH_SESSION;
            case FORBIDDEN -> MailError.Code.FORBIDDEN;
        }, refused.getMessage()));
    }

    private static int status(MailError error) {
        return switch (error.code()) {
            case BAD_ARGUMENT -> 400;
            case FORBIDDEN -> 403;
            case NO_SUCH_SESSION -> 404;
            case NO_CONNECTION, SPOOL -> 503;
            case SMTP -> error.failure().map(Failure::phase).filter(Phase.LEASE::equals).isPresent() ? 503 : 502;
            case SPOOL_IN_DOUBT -> IN_DOUBT;
            case INTERNAL -> 500;
            default -> throw new IllegalArgumentException("no status for " + error.code());
        };
    }

    private static void describe(Failure failure, JsonObjectBuilder more) {
        more.add("phase", failure.phase().name())
                .add("delivery", failure.delivery().name())
                .add("transient", failure.isTransient())
                .add("host", failure.host())
                .add("port", failure.port());
        reply(failure.reply(), more);
        if (!failure.refused().isEmpty()) {
            more.add("refused", refused(failure.refused()));
        }
    }

    /** The refused recipients, each with the server's reply. */
    public static JsonArray refused(List<RefusedRecipient> recipients) {
        var array = Json.createArrayBuilder();
        for (RefusedRecipient recipient : recipients) {
            JsonObjectBuilder one = Json.createObjectBuilder().add("address", recipient.address());
            reply(recipient.reply(), one);
            array.add(one);
        }
        return array.build();
    }

    /** What became of each recipient. */
    public static JsonArray recipients(List<RecipientOutcome> outcomes) {
        var array = Json.createArrayBuilder();
        for (RecipientOutcome outcome : outcomes) {
            var one = Json.createObjectBuilder().add("address", outcome.address()).add("state", outcome.state().name());
            reply(outcome.reply(), one);
            if (!outcome.reason().isEmpty()) {
                one.add("reason", outcome.reason());
            }
            array.add(one);
        }
        return array.build();
    }

    /** A server's reply; nothing where there was none. */
    public static void reply(SmtpReply reply, JsonObjectBuilder json) {
        if (reply.isPresent()) {
            json.add("reply", reply.toString());
        }
        if (!reply.enhancedStatus().isEmpty()) {
            json.add("enhancedStatus", reply.enhancedStatus());
        }
    }
}
