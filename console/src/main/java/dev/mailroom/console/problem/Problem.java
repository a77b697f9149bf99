package dev.mailroom.console.problem;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;
import java.util.Objects;

/**
 * Problem details (RFC 9457). The type is always {@code about:blank}, so the title is the status's phrase.
 *
 * @param status 400 to 599
 * @param detail one sentence for a person
 * @param extensions further members
 */
public record Problem(int status, String detail, JsonObject extensions) {
    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";
    /** Seconds, an extension that is told as the header Retry-After too. */
    static final String RETRY_AFTER = "retryAfter";

    /** Checks every value. */
    public Problem {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a problem's status is between 400 and 599, was " + status);
        }
        Objects.requireNonNull(detail, "detail");
    }

    /** A problem without further members. */
    public Problem(int status, String detail) {
        this(status, detail, JsonObject.EMPTY_JSON_OBJECT);
    }

    /** 503 with Retry-After: the same request will be taken later. */
    public static Problem busy(String detail) {
        return new Problem(503, detail, Json.createObjectBuilder().add(RETRY_AFTER, 1).build());
    }

    /** The members in the order of RFC 9457, then the extensions. */
    public JsonObject toJson() {
        var json = Json.createObjectBuilder().add("type", "about:blank").add("title", title()).add("status", status)
                .add("detail", detail);
        extensions.forEach(json::add);
        return json.build();
    }

    private String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
