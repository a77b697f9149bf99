package dev.mailroom.console.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Roots the API at {@code /api}; resources and providers are found by their annotations. */
@ApplicationPath("/api")
public class ConsoleApplication extends Application {
    /** Jersey would otherwise add a description of the API in WADL, for which nobody asked. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
