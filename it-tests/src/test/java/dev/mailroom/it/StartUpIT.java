package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.it.server.Application;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.it.startup.Seen;
import dev.mailroom.it.startup.Settings;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application sets while it starts counts for all its requests; what a request sets, for itself. */
@ExtendWith(ArquillianExtension.class)
final class StartUpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the server does to start the application. */
    private static final Set<String> START = Set.of("@Startup", "@Startup with @EJB", "@DependsOn",
            "one timed @Startup", "other timed @Startup", "EJB called by @Startup", "@PostConstruct of a CDI bean",
            "@Initialized(ApplicationScoped)", "CDI's Startup", "ServletContextListener", "servlet's init");

    /** What runs beside it, even if something that starts the application has asked for it. */
    private static final Set<String> BESIDE = Set.of("managed executor", "timer", "@Asynchronous");

    @Inject
    private Settings settings;

    @ArquillianResource
    private URL deployed;

    @Deployment
    static WebArchive application() {
        return MailApplication.warForTestsInside("start-up", Map.of()).addPackage(Settings.class.getPackage());
    }

    @Test
    void whateverStartsTheApplicationSetsItsDefaultAndWhatRunsBesideSetsItsOwn() {
        Map<String, Seen> seen = afterAll();
        for (String place : START) {
            Seen there = seen.get(place);
            assertEquals(new Seen(there.set(), there.set(), there.set()), there, place);
        }
        for (String place : BESIDE) {
            Seen there = seen.get(place);
            assertEquals(there.set(), there.own(), place);
            assertNotEquals(there.set(), there.others(), place);
        }
    }

    /** Timers and their like run when they run. */
    private Map<String, Seen> afterAll() {
        Set<String> all = new HashSet<>(START);
        all.addAll(BESIDE);
        all.forEach(place -> settings.await(place, PATIENCE));
        Map<String, Seen> seen = settings.seen();
        assertTrue(seen.keySet().containsAll(all), () -> all + " set something, seen is only " + seen.keySet());
        return seen;
    }

    @Test
    @RunAsClient
    void everyRequestHasTheApplicationsDefaultAndMayChangeItForItselfAlone() {
        Application application = new Application(deployed);
        String common = application.anonymously("servlet", "timeout").get(0);
        assertTrue(Integer.parseInt(common) < 30, common);
        application.anonymously("request");
        for (String place : List.of("servlet", "rest/request", "rest/asynchronous", "rest/managed")) {
            assertEquals(List.of(common, "true", "5"),
                    application.as("jack", place, "timeout", "set-timeout 5", "timeout"), place);
            assertEquals(List.of(common), application.as("jill", place, "timeout"), place);
        }
        for (String place : List.of("rest/timer", "rest/plain")) {
            assertEquals(List.of(common, "true", "5"),
                    application.anonymously(place, "timeout", "set-timeout 5", "timeout"), place);
            assertEquals(List.of(common), application.anonymously(place, "timeout"), place);
        }
    }
}
