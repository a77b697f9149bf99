package dev.mailroom.console.security;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.facade.SpoolAdministration;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * HTTP Basic for the console's only user, who administers the spool. Whatever a client sends as credentials, what does
 * not fit is answered with 401; wrong passwords are answered ever more slowly.
 */
// Payara adds a mechanism of its own to every application; an alternative is what wins over it.
@Alternative
@Priority(BasicAuthentication.WINS)
@ApplicationScoped
public class BasicAuthentication implements HttpAuthenticationMechanism {
    private static final String CHALLENGE = "Basic realm=\"Mailroom\", charset=\"UTF-8\"";
    private static final byte[] USER = ConsoleSettings.USER.getBytes(StandardCharsets.UTF_8);
    private static final Set<String> GROUPS = Set.of(ConsoleSettings.USER, SpoolAdministration.ROLE);
    static final int WINS = 2_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private AdminPassword password;
    private WrongPasswords wrong;
    private KnownBrowser browsers;

    /** For the container's proxy. */
    protected BasicAuthentication() {
    }

    /** Compares with this password, and counts wrong ones there. */
    @Inject
    public BasicAuthentication(AdminPassword password, WrongPasswords wrong, KnownBrowser browsers) {
        this.password = password;
        this.wrong = wrong;
        this.browsers = browsers;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        String header = request.getHeader("Authorization");
        if (header == null) {
            return context.isProtected() ? challenge(response, context) : context.doNothing();
        }
        boolean known = browsers.isKnown(request.getCookies());
        String source = known ? KnownBrowser.SOURCE : request.getRemoteAddr();
        if (!wrong.enter(source)) {
            response.setHeader("Retry-After", "1");
            return refuse(response, TOO_MANY_REQUESTS);
        }
        try {
            if (BasicCredentials.of(header).filter(this::isRight).isPresent()) {
                wrong.forget(source);
                if (!known) {
                    response.addHeader("Set-Cookie", browsers.cookie(request.isSecure()));
                }
                return context.notifyContainerAboutLogin(ConsoleSettings.USER, GROUPS);
            }
            wrong.delay(source);
            return challenge(response, context);
        } finally {
            wrong.leave(source);
        }
    }

    private boolean isRight(BasicCredentials given) {
        boolean user = MessageDigest.isEqual(USER, given.user().getBytes(StandardCharsets.UTF_8));
        // Not &&: a wrong user must take as long as a wrong password.
        return user & password.matches(given.password());
    }

    private static AuthenticationStatus challenge(HttpServletResponse response, HttpMessageContext context) {
        response.setHeader("WWW-Authenticate", CHALLENGE);
        return context.responseUnauthorized();
    }

    private static AuthenticationStatus refuse(HttpServletResponse response, int status) {
        try {
            response.sendError(status);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
