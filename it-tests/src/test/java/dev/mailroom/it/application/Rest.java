package dev.mailroom.it.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the REST resources are found. */
@ApplicationPath("/rest")
public class Rest extends Application {
}
