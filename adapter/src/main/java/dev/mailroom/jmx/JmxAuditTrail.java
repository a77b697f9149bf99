package dev.mailroom.jmx;

import dev.mailroom.VisibleText;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.lang.reflect.Method;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.security.AccessController;
import java.security.Principal;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.security.auth.Subject;

/** One log line for each thing that an administrator changed: who, from where, what. */
final class JmxAuditTrail {
    private static final Logger LOG = System.getLogger("dev.mailroom.audit");

    private JmxAuditTrail() {
    }

    /** @param what what was done, in the past tense */
    static void did(String what) {
        String line = VisibleText.of("MR0701 " + who() + " from " + where() + " by JMX " + what).replace('\n', ' ');
        LOG.log(Level.INFO, () -> line);
    }

    /** JMX carries the login of a remote connector as the subject; without authentication there is none. */
    private static String who() {
        return subject().map(Subject::getPrincipals).filter(principals -> !principals.isEmpty())
                .map(principals -> principals.stream().map(Principal::getName).collect(Collectors.joining(", ")))
                .orElse("somebody without a login");
    }

    @SuppressWarnings("removal")
    private static Optional<Subject> subject() {
        try {
            Method current = Subject.class.getMethod("current");
            return Optional.ofNullable((Subject) current.invoke(null));
        } catch (NoSuchMethodException e) {
            // Before Java 18.
            return Optional.ofNullable(Subject.getSubject(AccessController.getContext()));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    private static String where() {
        try {
            return RemoteServer.getClientHost();
        } catch (ServerNotActiveException e) {
            return "this machine";
        }
    }
}
