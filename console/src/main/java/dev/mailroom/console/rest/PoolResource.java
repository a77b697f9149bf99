package dev.mailroom.console.rest;

import dev.mailroom.PoolRow;
import dev.mailroom.SessionKey;
import dev.mailroom.SmtpPool;
import dev.mailroom.TlsMode;
import dev.mailroom.TrustMode;
import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The pool's statistics, and what an administrator can do about them. The id {@code total} is the whole pool. */
@Path("pool")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PoolResource {
    @Inject
    private SmtpPool pool;
    @Inject
    private RestAuditTrail audit;

    /** One row per session, and the total. */
    @GET
    public JsonObject rows() {
        var sessions = Json.createArrayBuilder();
        pool.sessions().forEach(row -> sessions.add(json(row)));
        return Json.createObjectBuilder().add("total", json(pool.total())).add("sessions", sessions).build();
    }

    /** One row. */
    @GET
    @Path("{id}")
    public JsonObject row(@PathParam("id") String id) {
        return json(id.equals(PoolRow.TOTAL) ? pool.total() : pool.session(id).orElseThrow(() -> noRow(id))).build();
    }

    /** Sets the limit, suspends or resumes; the row as it is afterwards. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public JsonObject change(@PathParam("id") String id, JsonDocument document) {
        JsonBody body = JsonBody.of(document, "limit", "suspended");
        if (!body.has("limit") && !body.has("suspended")) {
            throw ProblemException.badInput("Nothing to change: give \"limit\", \"suspended\" or both.");
        }
        int limit = body.number("limit", 1);
        boolean suspended = body.flag("suspended");
        if (limit < 1) {
            throw ProblemException.badInput("Property \"limit\" must be 1 or more, was " + limit + ".");
        }
        if (body.has("limit")) {
            String what = "set the limit of " + named(id) + " to " + limit;
            done(id, pool.resize(id, limit), what);
        }
        if (body.has("suspended")) {
            String what = (suspended ? "suspended " : "resumed ") + named(id);
            done(id, suspended ? pool.suspend(id) : pool.resume(id), what);
        }
        return row(id);
    }

    /** Closes idle connections now, and unless told otherwise those in use when they come back. */
    @POST
    @Path("{id}/flush")
    @Consumes(MediaType.APPLICATION_JSON)
    public void flush(@PathParam("id") String id, JsonDocument document) {
        boolean idleOnly = JsonBody.of(document, "idleOnly").flag("idleOnly");
        String what = "flushed " + (idleOnly ? "the idle connections of " : "") + named(id);
        done(id, idleOnly ? pool.flushIdle(id) : pool.flush(id), what);
    }

    /** Closes everything of one session and forgets its numbers. */
    @DELETE
    @Path("{id}")
    public void drop(@PathParam("id") String id) {
        if (id.equals(PoolRow.TOTAL)) {
            throw ProblemException.badInput("The whole pool cannot be dropped; flush it.");
        }
        String what = "dropped " + named(id);
        done(id, pool.drop(id), what);
    }

    private void done(String id, boolean found, String what) {
        if (!found) {
            throw noRow(id);
        }
        audit.did(what);
    }

    /** The row as a person knows it. */
    private String named(String id) {
        return id.equals(PoolRow.TOTAL) ? "the whole pool"
                : pool.session(id).map(row -> "session " + row.session().map(SessionKey::toString).orElse(id))
                        .orElse(id);
    }

    private static ProblemException noRow(String id) {
        return new ProblemException(new Problem(404, "The pool has no row \"" + id + "\" to act on: the session was"
                + " forgotten, or the pool is the application server's."));
    }

    private static JsonObjectBuilder json(PoolRow row) {
        var discarded = Json.createObjectBuilder();
        row.counts().discarded().forEach(discarded::add);
        var failures = Json.createObjectBuilder();
        row.counts().failures().forEach((phase, count) -> failures.add(phase.name(), count));
        return session(row)
                .add("authenticated", row.authenticated())
                .add("limit", row.limits().connections())
                .add("effectiveLimit", row.limits().effective())
                .add("mailLimit", row.limits().mails())
                .add("open", row.places().open())
                .add("idle", row.places().idle())
                .add("inUse", row.places().inUse())
                .add("waiting", row.places().waiting())
                .add("suspended", row.places().suspended())
                .add("opened", row.counts().opened())
                .add("openFailures", row.counts().openFailures())
                .add("leases", row.counts().leases())
                .add("exhausted", row.counts().exhausted())
                .add("messages", row.counts().messages())
                .add("failures", failures)
                .add("discarded", discarded)
                .add("waits", json(row.waits()))
                .add("uses", json(row.uses()));
    }

    /** Who it is: what tells it apart from other rows. */
    private static JsonObjectBuilder session(PoolRow row) {
        var names = Json.createArrayBuilder();
        row.session().ifPresent(session -> session.names().forEach(names::add));
        return Json.createObjectBuilder()
                .add("id", row.id())
                .add("names", names)
                .add("user", row.session().map(SessionKey::user).orElse(""))
                .add("host", row.session().map(SessionKey::host).orElse(""))
                .add("port", row.session().map(SessionKey::port).orElse(0))
                .add("tls", row.session().map(SessionKey::tls).orElse(TlsMode.NONE).name())
                .add("trust", row.session().map(SessionKey::trust).orElse(TrustMode.AUTOMATIC).name())
                .add("fingerprint", row.session().map(SessionKey::fingerprint).orElse(""));
    }

    /** Milliseconds. */
    private static JsonObjectBuilder json(PoolRow.Spread spread) {
        return Json.createObjectBuilder()
                .add("count", spread.count())
                .add("maxMs", spread.max().toMillis())
                .add("p50Ms", spread.p50().toMillis())
                .add("p95Ms", spread.p95().toMillis())
                .add("p99Ms", spread.p99().toMillis());
    }
}
