package org.example.invoicing;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything below the application's own path. */
@ApplicationPath("")
public class RestApplication extends Application {
}
