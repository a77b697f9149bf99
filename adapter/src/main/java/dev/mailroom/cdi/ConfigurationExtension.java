package dev.mailroom.cdi;

import dev.mailroom.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;

/** Stops the deployment of an application whose configuration is wrong, before anybody sends a mail with it. */
public class ConfigurationExtension implements Extension {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");

    /** Called by the container once its beans are known. */
    public void check(@Observes AfterDeploymentValidation validation) {
        try {
            MailroomConfiguration.read(ConfigProvider.getConfig(), Contributions.find()).warnings()
                    .forEach(warning -> LOG.log(System.Logger.Level.WARNING, "{0}", warning));
        } catch (ConfigurationException e) {
            validation.addDeploymentProblem(e);
        }
    }
}
