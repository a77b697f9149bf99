package dev.mailroom.it;

import dev.mailroom.it.server.AdministratorsCommands;
import dev.mailroom.it.server.MailApplication;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The server's pool stays, and with it the one connection that all deployments use. */
final class RedeploymentOverServersPoolIT extends RedeploymentContract {
    @Deployment
    @TargetsContainer(AdministratorsCommands.CONTAINER)
    static WebArchive host() {
        AdministratorsCommands.write();
        return MailApplication.host(HOST,
                MailApplication.war(GUEST, Map.of("mailroom.connection-factory", "eis/mailroom")))
                .addClass(RedeploymentContract.class).addClass(AdministratorsCommands.class);
    }

    @Override
    int rounds() {
        return 5;
    }

    @Override
    int connectionsKept() {
        return 1;
    }

    @Override
    List<String> threadsKept() {
        return List.of("mailroom-watchdog");
    }
}
