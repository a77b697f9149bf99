package dev.mailroom.console.rest;

import dev.mailroom.console.problem.Problem;
import dev.mailroom.console.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.Set;

/**
 * Refuses changes that another site makes a browser ask for. Browsers say where a request comes from
 * ({@code Sec-Fetch-Site}, {@code Origin}); other clients say nothing and are let through.
 */
@Provider
public class OriginFilter implements ContainerRequestFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    @Override
    public void filter(ContainerRequestContext request) {
        if (READING.contains(request.getMethod())) {
            return;
        }
        String site = request.getHeaderString("Sec-Fetch-Site");
        String origin = request.getHeaderString("Origin");
        if (!isAllowed(site, origin, request.getHeaderString("Host"))) {
            throw new ProblemException(new Problem(403, "Changes are taken from the console's own page and from "
                    + "programs, not from another site's page."));
        }
    }

    /** Null = the client did not say. */
    static boolean isAllowed(String site, String origin, String host) {
        return (site == null || OWN_SITE.contains(site)) && (origin == null || isOf(origin, host));
    }

    private static boolean isOf(String origin, String host) {
        try {
            // The scheme is not compared: a proxy in front may speak TLS.
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
