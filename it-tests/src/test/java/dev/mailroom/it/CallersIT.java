package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.application.Secrets;
import dev.mailroom.it.server.Application;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose session, error, Email structure and timeout it is: seen from outside, by two users and by nobody. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
final class CallersIT {
    private static final String SERVLET = "servlet";
    private static final String REQUEST = "rest/request";
    private static final String TIMER = "rest/timer";
    private static final String PLAIN = "rest/plain";

    private ScriptedSmtpServer server;
    private Application application;

    @ArquillianResource
    private URL deployed;

    @Deployment
    static WebArchive application() {
        return MailApplication.war("callers", Map.of());
    }

    @BeforeEach
    void startServer() {
        server = ScriptedSmtpServer.builder().user("pail", Secrets.of("pail")).start();
        application = new Application(deployed);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private String start() {
        return "start pail " + Secrets.of("pail") + " " + server.port();
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVLET, REQUEST, "rest/asynchronous", TIMER, "rest/managed", PLAIN})
    void everyKindOfCallerMails(String caller) {
        assertEquals(List.of("true", "true", "hill", "true", "true", "false "),
                application.anonymously(caller, start(), "send pail first", "compose hill", "send-composed pail",
                        "close pail", "error"));
        assertEquals(2, server.mailCount());
        assertEquals(1, server.connectionsOpened());
    }

    @Test
    void aSessionIsFoundByEveryCallOfItsCallerWhereverItIsMade() {
        assertEquals(List.of("true"), application.as("jack", SERVLET, start()));
        for (String place : List.of(REQUEST, SERVLET, "rest/asynchronous", "rest/managed")) {
            assertEquals(List.of("true"), application.as("jack", place, "send pail a"), place);
        }
        assertEquals(List.of("true"), application.as("jack", REQUEST, "close pail"));
    }

    @Test
    void theSessionsOfNobodyAreOneCallers() {
        assertEquals(List.of("true"), application.anonymously(SERVLET, start()));
        for (String place : List.of(REQUEST, TIMER, PLAIN)) {
            assertEquals(List.of("true"), application.anonymously(place, "send pail a"), place);
        }
        assertEquals(List.of("true"), application.anonymously(TIMER, "close pail"));
    }

    @Test
    void anotherCallerHasNoSuchSession() {
        assertEquals(List.of("true"), application.as("jack", SERVLET, start()));
        String neverStarted = application.as("jill", SERVLET, "send elsewhere a").get(0);
        assertTrue(neverStarted.startsWith("false ") && neverStarted.contains("elsewhere"), neverStarted);
        for (String place : List.of(SERVLET, REQUEST, "rest/asynchronous", "rest/managed")) {
            assertEquals(List.of(neverStarted.replace("elsewhere", "pail")),
                    application.as("jill", place, "send pail a"), "told as if there were none, " + place);
        }
        for (String place : List.of(SERVLET, REQUEST, TIMER, "rest/managed")) {
            assertTrue(application.anonymously(place, "send pail a").get(0).startsWith("false "), place);
        }
        assertTrue(application.as("jill", REQUEST, "close pail").get(0).startsWith("false "));
        assertEquals(List.of("true", "true"), application.as("jack", REQUEST, "send pail a", "close pail"));
        assertEquals(1, server.mailCount());
    }

    @Test
    void aUserWhoIsCalledAsTheServerCallsNobodyIsNotNobody() {
        assertEquals(List.of("true"), application.anonymously(SERVLET, start()));
        for (String place : List.of(SERVLET, REQUEST, "rest/asynchronous", "rest/managed")) {
            assertTrue(application.as("ANONYMOUS", place, "send pail a").get(0).startsWith("false "), place);
        }
        assertEquals(List.of("true"), application.as("ANONYMOUS", SERVLET, start()));
        assertEquals(List.of("true"), application.anonymously(TIMER, "close pail"));
        assertTrue(application.anonymously(SERVLET, "send pail a").get(0).startsWith("false "));
        assertEquals(List.of("true"), application.as("ANONYMOUS", REQUEST, "close pail"));
    }

    @Test
    void twoCallersHoldTheirOwnSessionsOfTheSameName() {
        assertEquals(List.of("true"), application.as("jack", SERVLET, start()));
        assertEquals(List.of("true", "true"), application.as("jill", SERVLET, start(), "close pail"));
        assertEquals(List.of("true", "true"), application.as("jack", SERVLET, "send pail a", "close pail"));
    }

    @ParameterizedTest
    @ValueSource(strings = {SERVLET, REQUEST, "rest/asynchronous", TIMER})
    void nothingLeaksFromOneCallToTheNextOnTheSameThread(String place) {
        Set<String> dirtied = new HashSet<>();
        Set<String> met = new HashSet<>();
        for (int round = 0; round < 40 && met.size() < 2; round++) {
            List<String> own = application.as("jack", place, "thread", "set-timeout 7", "compose hill",
                    "send nowhere a", "error", "timeout", "subject");
            dirtied.add(own.get(0));
            assertTrue(own.get(4).startsWith("true "), own::toString);
            assertEquals(List.of("7", "hill"), own.subList(5, 7));
            // Another number in each round: threads that take turns meet what they were left, however many they are.
            for (int i = 0; i <= round; i++) {
                String user = i % 2 == 0 ? "jack" : "jill";
                List<String> next = application.as(user, place, "error", "timeout", "subject", "thread");
                assertEquals(List.of("false ", "600", ""), next.subList(0, 3));
                if (dirtied.contains(next.get(3))) {
                    met.add(user);
                }
            }
        }
        assertEquals(Set.of("jack", "jill"), met, () -> "no thread served both, of " + dirtied);
    }

    @Test
    void aThreadWithoutARequestKeepsOneCallersThingsFromAnother() {
        Set<String> dirtied = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            dirtied.add(application.as("jack", "rest/managed", "thread", "set-timeout 7", "compose hill",
                    "send nowhere a").get(0));
        }
        boolean met = false;
        for (int i = 0; i < 400 && !(met && i >= 40); i++) {
            List<String> answers = application.as("jill", "rest/managed", "error", "timeout", "subject", "thread");
            assertEquals(List.of("false ", "600", ""), answers.subList(0, 3));
            met |= dirtied.contains(answers.get(3));
        }
        assertTrue(met, "no thread served both, of " + dirtied);
    }

    @Test
    void callersAtTheSameTimeDoNotDisturbEachOther() {
        List<List<String>> answers = new ArrayList<>();
        Stream.of("jack", "jill", "jack", "jill", "jack", "jill").parallel()
                .map(user -> new Application(deployed).as(user, user.equals("jack") ? SERVLET : REQUEST,
                        start(), "compose " + user, "send nowhere a", "send-composed pail", "subject",
                        "send-composed pail", "error", "close pail"))
                .forEachOrdered(answers::add);
        for (int i = 0; i < answers.size(); i++) {
            List<String> heard = answers.get(i);
            String user = i % 2 == 0 ? "jack" : "jill";
            assertFalse(heard.get(2).startsWith("true"), heard::toString);
            assertEquals(List.of("true", user, "true", user, "true", "false ", "true"),
                    Stream.concat(heard.subList(0, 2).stream(), heard.subList(3, 8).stream()).toList());
        }
        assertEquals(12, server.mailCount());
    }

    @Test
    void theStructureLastsAsLongAsTheRequest() {
        assertEquals(List.of("hill", "hill"), application.as("jack", REQUEST, "compose hill", "subject"));
        assertEquals(List.of(""), application.as("jack", REQUEST, "subject"));
    }
}
