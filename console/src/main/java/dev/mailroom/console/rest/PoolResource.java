package dev.mailroom.console.rest;

import dev.mailroom.PoolRow;
import dev.mailroom.SmtpPool;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The pool's statistics. */
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

    private static JsonObjectBuilder json(PoolRow row) {
        var discarded = Json.createObjectBuilder();
        row.discarded().forEach(discarded::add);
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
