package dev.mailroom.se;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.facade.Email;
import dev.mailroom.facade.EmailMode;
import dev.mailroom.facade.EmailOption;
import dev.mailroom.facade.EmailSMTPSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.spool.MailSettled;
import dev.mailroom.testing.ScriptedSmtpServer;
import dev.mailroom.testing.Step;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The facade in Weld SE, as {@code main} would start it. */
class WithoutEjbTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory;
    private final Map<String, String> others = new HashMap<>();

    /** An application's bean. */
    @ApplicationScoped
    static class Heard {
        private final Set<String> told = new ConcurrentSkipListSet<>();

        void now(@Observes MailSettled outcome) {
            told.add(outcome.reference() + " " + outcome.state());
        }

        void later(@ObservesAsync MailSettled outcome) {
            told.add(outcome.reference() + " later");
        }

        Set<String> told() {
            return told;
        }
    }

    /** The tests' class path has MicroProfile's APIs, and nothing behind them. */
    static final class WithoutMetrics implements Extension {
        void leave(@Observes ProcessAnnotatedType<?> type) {
            if (type.getAnnotatedType().getJavaClass().getPackageName().equals("dev.mailroom.microprofile")) {
                type.veto();
            }
        }
    }

    @BeforeEach
    void configure() {
        // Every system property with Mailroom's prefix must be a key; the build has others.
        System.getProperties().stringPropertyNames().stream().filter(name -> name.startsWith("mailroom."))
                .forEach(name -> others.put(name, System.clearProperty(name)));
        System.setProperty("mailroom.spool.directory", directory.resolve("spool").toString());
        System.setProperty("mailroom.spool.sweep", "200ms");
    }

    @AfterEach
    void forget() {
        System.clearProperty("mailroom.spool.directory");
        System.clearProperty("mailroom.spool.sweep");
        others.forEach(System::setProperty);
    }

    private static SeContainer container() {
        return SeContainerInitializer.newInstance().addExtensions(new WithoutMetrics())
                .addBeanClasses(Heard.class).initialize();
    }

    private static MailFacade facade(SeContainer container) {
        return container.select(MailFacade.class).get();
    }

    private static boolean start(MailFacade mail, ScriptedSmtpServer server, EmailMode mode) {
        return mail.emailStartSMTPSession("jack", "pail", "127.0.0.1", server.port(), mode,
                EmailOption.EMAIL_OPTION_DEFAULT);
    }

    private static Email letter(String reference) {
        Email email = new Email();
        email.setSender("jack@example.org");
        email.getRecipient().add("jill@example.org");
        email.setSubject(reference);
        email.setReference(reference);
        email.setMessage("Up the hill.");
        return email;
    }

    @Test
    void aSynchronousMailIsThereWhenTheCallReturns() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").start();
                SeContainer container = container()) {
            MailFacade mail = facade(container);
            assertTrue(start(mail, server, EmailMode.EMAIL_SYNCHRONOUS), mail::errorInfo);
            assertTrue(mail.emailSendMessage("jack", letter("hill")), mail::errorInfo);
            assertEquals(1, server.mailCount());
        }
    }

    @Test
    void anErrorIsToldToItsCaller() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "other").start();
                SeContainer container = container()) {
            MailFacade mail = facade(container);
            assertFalse(start(mail, server, EmailMode.EMAIL_SYNCHRONOUS));
            assertTrue(mail.errorOccurred());
            assertTrue(mail.errorInfo().contains("535"), mail.errorInfo());
        }
    }

    @Test
    void aStartedVariableIsItsSession() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").start();
                SeContainer container = container()) {
            MailFacade mail = facade(container);
            EmailSMTPSession session = new EmailSMTPSession();
            session.setName("jack");
            session.setPassword("pail");
            session.setServerAddress("127.0.0.1");
            session.setPort(server.port());
            assertTrue(mail.emailStartSession(session), mail::errorInfo);
            assertTrue(mail.emailSendMessage(session, letter("hill")), mail::errorInfo);
            assertEquals(1, server.mailCount());
        }
    }

    @Test
    void anAsynchronousMailArrivesAndObserversAreTold() throws Exception {
        try (var server = ScriptedSmtpServer.builder().user("jack", "pail").start();
                SeContainer container = container()) {
            MailFacade mail = facade(container);
            assertTrue(start(mail, server, EmailMode.EMAIL_ASYNCHRONOUS), mail::errorInfo);
            assertTrue(mail.emailSendMessage("jack", letter("hill")), mail::errorInfo);
            server.await("the mail", () -> server.mailCount() == 1, LONG);
            Heard heard = container.select(Heard.class).get();
            server.await("its outcome", () -> heard.told().equals(Set.of("hill SENT", "hill later")), LONG);
        }
    }

    @Test
    void whatWaitsWhenTheContainerGoesIsSentByTheNextOne() throws Exception {
        System.setProperty("mailroom.session.box.server", "127.0.0.1");
        System.setProperty("mailroom.session.box.asynchronous", "on");
        System.setProperty("mailroom.spool.retry.initial", "1s");
        try (var busy = ScriptedSmtpServer.builder().reply(Step.MAIL, "451 4.3.0 later").start();
                var server = ScriptedSmtpServer.builder().start()) {
            System.setProperty("mailroom.session.box.port", String.valueOf(busy.port()));
            try (SeContainer container = container()) {
                MailFacade mail = facade(container);
                assertTrue(mail.emailSendMessage("box", letter("kept")), mail::errorInfo);
            }
            System.setProperty("mailroom.session.box.port", String.valueOf(server.port()));
            try (SeContainer container = container()) {
                assertFalse(facade(container).errorOccurred());
                server.await("the mail", () -> server.mailCount() == 1, LONG);
            }
        } finally {
            System.getProperties().keySet().removeIf(key -> key.toString().startsWith("mailroom.session.box"));
            System.clearProperty("mailroom.spool.retry.initial");
        }
    }
}
