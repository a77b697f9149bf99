package dev.mailroom.it;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.mailroom.it.server.MailApplication;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
final class DeploymentIT {
    @Inject
    private BeanManager beans;

    @Deployment
    static WebArchive application() {
        return MailApplication.war("deployment", Map.of());
    }

    @Test
    void insideThereAreBeans() {
        assertNotNull(beans);
    }
}
