package dev.mailroom.console.rest;

import dev.mailroom.VisibleText;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;

/** One log line for each thing that an administrator changed: who, from where, through which interface, what. */
@RequestScoped
public class RestAuditTrail {
    private static final Logger LOG = System.getLogger("dev.mailroom.audit");

    private HttpServletRequest request;

    /** For the container's proxy. */
    protected RestAuditTrail() {
    }

    /** Of the request that is being answered. */
    @Inject
    public RestAuditTrail(HttpServletRequest request) {
        this.request = request;
    }

    /** @param what what was done, in the past tense; names from outside may be in it, secrets may not */
    public void did(String what) {
        String line = line(request.getRemoteUser(), request.getRemoteAddr(),
                request.getHeader("Sec-Fetch-Site") != null, what);
        LOG.log(Level.INFO, () -> line);
    }

    /** @param browser whether a browser asked: of such requests only those of the console's own page get here */
    static String line(String user, String address, boolean browser, String what) {
        return "MR0701 " + user + " from " + address + (browser ? " on the console's page " : " by REST ")
                + VisibleText.of(what).replace('\n', ' ');
    }
}
