package dev.mailroom.console.problem;

import dev.mailroom.Failure;
import dev.mailroom.Phase;
import dev.mailroom.RefusedRecipient;
import dev.mailroom.SmtpReply;
import dev.mailroom.facade.MailError;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Turns the facade's last error into a problem. */
public final class MailProblems {
    private MailProblems() {
    }

    /** The problem of a mail error: {@code ErrorInfo(errMessage)} and what is known of the dialogue. */
    public static Problem of(MailError error) {
        JsonObjectBuilder more = Json.createObjectBuilder().add("code", error.code().name());
        error.failure().ifPresent(failure -> describe(failure, more));
        return new Problem(status(error), error.message(), more.build());
    }

    private static int status(MailError error) {
        return switch (error.code()) {
            case BAD_ARGUMENT -> 400;
            case FORBIDDEN -> 403;
            case NO_SUCH_SESSION -> 404;
            case NO_CONNECTION, SPOOL -> 503;
            case SMTP -> error.failure().map(Failure::phase).filter(Phase.LEASE::equals).isPresent() ? 503 : 502;
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
