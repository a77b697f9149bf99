package dev.mailroom.console.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Roots the API at {@code /api}; resources and providers are found by their annotations. */
@ApplicationPath("/api")
public class ConsoleApplication extends Application {
}
