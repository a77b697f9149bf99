package dev.mailroom.it;

import dev.mailroom.it.server.MailApplication;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** With Mailroom's own pool everything goes with the application. */
final class RedeploymentIT extends RedeploymentContract {
    @Deployment
    static WebArchive host() {
        return MailApplication.host("host", MailApplication.war(GUEST, Map.of()))
                .addClass(RedeploymentContract.class);
    }

    @Override
    int rounds() {
        return 20;
    }

    @Override
    int connectionsKept() {
        return 0;
    }

    @Override
    List<String> threadsKept() {
        return List.of();
    }
}
