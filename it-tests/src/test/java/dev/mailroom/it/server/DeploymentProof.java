package dev.mailroom.it.server;

import dev.mailroom.it.application.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.event.container.AfterDeploy;
import org.jboss.arquillian.container.spi.event.container.AfterUnDeploy;
import org.jboss.arquillian.container.spi.event.container.BeforeDeploy;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;

/**
 * Asks the application once it should be there: the server is "ready" also when an application failed to deploy, and
 * Arquillian would not notice before its tests fail oddly. And looks, when a server is gone, for secrets in its log.
 */
public final class DeploymentProof {
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofMinutes(1)).build();
    private ServerLog log;

    @Inject
    private Instance<ProtocolMetaData> metaData;

    void rememberWhereTheLogBegins(@Observes BeforeDeploy event) {
        log = ServerLog.fromHere();
    }

    void demandAnAnswer(@Observes AfterDeploy event) throws InterruptedException {
        HTTPContext server = metaData.get().getContexts(HTTPContext.class).iterator().next();
        String context = event.getDeployment().getArchive().getName().replaceFirst("\\.war$", "");
        URI address = URI.create("http://127.0.0.1:" + server.getPort() + "/" + context + "/alive");
        String answer = ask(address);
        if (!answer.equals("200 alive")) {
            throw new AssertionError("The application " + context + " failed to deploy: " + address + " answers "
                    + answer + ".\n" + log.excerpt());
        }
    }

    private String ask(URI address) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(2))
                    .build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + (response.statusCode() == 200 ? " " + response.body().strip() : "");
        } catch (IOException e) {
            return e.toString();
        }
    }

    void demandThatNoSecretWasLogged(@Observes AfterUnDeploy event) {
        Secrets.leaks(log.text()).stream().findFirst().ifPresent(line -> {
            throw new AssertionError("a secret reached the server's log: " + line);
        });
    }
}
