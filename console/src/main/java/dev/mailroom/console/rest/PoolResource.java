package dev.mailroom.console.rest;

import dev.mailroom.PoolRow;
import dev.mailroom.SmtpPool;
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
            done(id, pool.resize(id, limit));
        }
        if (body.has("suspended")) {
            done(id, suspended ? pool.suspend(id) : pool.resume(id));
        }
        return row(id);
    }

    /** Closes idle connections now, and unless told otherwise those in use when they come back. */
    @POST
    @Path("{id}/flush")
    @Consumes(MediaType.APPLICATION_JSON)
    public void flush(@PathParam("id") String id, JsonDocument document) {
        boolean idleOnly = JsonBody.of(document, "idleOnly").flag("idleOnly");
        done(id, idleOnly ? pool.flushIdle(id) : pool.flush(id));
    }

    /** Closes everything of one session and forgets its numbers. */
    @DELETE
    @Path("{id}")
    public void drop(@PathParam("id") String id) {
        if (id.equals(PoolRow.TOTAL)) {
            throw ProblemException.badInput("The whole pool cannot be dropped; flush it.");
        }
        done(id, pool.drop(id));
    }

    private static void done(String id, boolean found) {
        if (!found) {
            throw noRow(id);
        }
    }

    private static ProblemException noRow(String id) {
        return new ProblemException(new Problem(404, "The pool has no row \"" + id + "\" to act on: the session was"
                + " forgotten, or the pool is the application server's."));
    }

    private static JsonObjectBuilder json(PoolRow row) {
        var discarded = Json.createObjectBuilder();
        row.discarded().forEach(discarded::add);
        var failures = Json.createObjectBuilder();
        row.failures().forEach((phase, count) -> failures.add(phase.name(), count));
        return Json.createObjectBuilder()
                .add("id", row.id())
                .add("user", row.user())
                .add("host", row.host())
                .add("port", row.port())
                .add("tls", row.tls().name())
                .add("limit", row.limit())
                .add("effectiveLimit", row.effectiveLimit())
                .add("open", row.open())
                .add("idle", row.idle())
                .add("inUse", row.inUse())
                .add("waiting", row.waiting())
                .add("suspended", row.suspended())
                .add("opened", row.opened())
                .add("openFailures", row.openFailures())
                .add("leases", row.leases())
                .add("exhausted", row.exhausted())
                .add("messages", row.messages())
                .add("failures", failures)
                .add("discarded", discarded)
                .add("waits", json(row.waits()))
                .add("uses", json(row.uses()));
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
