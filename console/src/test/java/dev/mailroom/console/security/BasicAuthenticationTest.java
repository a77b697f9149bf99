package dev.mailroom.console.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.Secret;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicAuthenticationTest {
    private final List<Duration> waited = new ArrayList<>();
    private final Map<String, String> answered = new HashMap<>();
    private final List<Object> login = new ArrayList<>();
    private final BasicAuthentication mechanism = new BasicAuthentication(
            new AdminPassword(Secret.password("geheim ß"), new SecureRandom()),
            new WrongPasswords(() -> 0, waited::add), new KnownBrowser());

    /** What the mechanism makes of a request. */
    private AuthenticationStatus ask(String authorization, String address, Cookie... cookies) {
        answered.clear();
        HttpServletRequest request = proxy(HttpServletRequest.class, Map.of(
                "getRemoteAddr", address, "isSecure", false, "getCookies", cookies),
                "getHeader", authorization);
        HttpServletResponse response = recorder();
        return mechanism.validateRequest(request, response, context());
    }

    private HttpServletResponse recorder() {
        return (HttpServletResponse) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class}, (self, method, arguments) -> {
                    answered.put(arguments.length == 2 ? arguments[0].toString() : method.getName(),
                            arguments[arguments.length - 1].toString());
                    return null;
                });
    }

    private HttpMessageContext context() {
        return (HttpMessageContext) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {HttpMessageContext.class}, (self, method, arguments) -> switch (method.getName()) {
                    case "isProtected" -> true;
                    case "responseUnauthorized" -> AuthenticationStatus.SEND_FAILURE;
                    case "notifyContainerAboutLogin" -> {
                        login.addAll(Arrays.asList(arguments));
                        yield AuthenticationStatus.SUCCESS;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static <T> T proxy(Class<T> type, Map<String, Object> answers, String method, Object answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, called, arguments) -> called.getName().equals(method) ? answer : answers.get(called.getName())));
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic", "Basic !!!!", "Basic YWRtaW4=", "Basic /w==", "Bearer abc", "Basic a b",
        "basic OmdlaGVpbQ=="})
    void whateverIsNotTheLoginIsAskedForIt(String header) {
        assertEquals(AuthenticationStatus.SEND_FAILURE, ask(header, "10.0.0.1"));
        assertEquals("Basic realm=\"Mailroom\", charset=\"UTF-8\"", answered.get("WWW-Authenticate"));
        assertTrue(login.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin:geheim s", "admin:", "Admin:geheim ß", ":geheim ß", "admin:geheim ß "})
    void onlyTheUserAndItsPasswordLogIn(String login) {
        assertEquals(AuthenticationStatus.SEND_FAILURE, ask(basic(login), "10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "basic", "BASIC"})
    void theSchemesNameHasNoCaseAndTheCallerAdministersTheSpool(String scheme) {
        assertEquals(AuthenticationStatus.SUCCESS, ask(basic("admin:geheim ß").replace("Basic", scheme), "10.0.0.1"));
        assertEquals(List.of("admin", Set.of("admin", "mailroom-administrator")), login);
    }

    @Test
    void afterAnyNumberOfWrongPasswordsTheRightOneIsTakenAtOnce() {
        for (int i = 0; i < 50; i++) {
            ask(basic("admin:guess"), "10.0.0.1");
        }
        waited.clear();
        assertEquals(AuthenticationStatus.SUCCESS, ask(basic("admin:geheim ß"), "10.0.0.1"));
        assertEquals(List.of(), waited);
    }

    @Test
    void aBrowserThatHadTheRightPasswordIsNotKnownByItsAddress() {
        ask(basic("admin:geheim ß"), "10.0.0.1");
        String cookie = answered.get("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        String[] parts = cookie.substring(0, cookie.indexOf(';')).split("=");
        for (int i = 0; i < 50; i++) {
            ask(basic("admin:guess"), "10.0.0.1");
        }
        waited.clear();
        ask(basic("admin:slip"), "10.0.0.1", new Cookie(parts[0], parts[1]));
        assertEquals(List.of(), waited);
        ask(basic("admin:slip"), "10.0.0.1", new Cookie(parts[0], "invented"));
        assertFalse(waited.isEmpty());
    }
}
