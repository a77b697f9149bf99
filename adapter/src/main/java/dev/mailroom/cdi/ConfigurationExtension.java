package dev.mailroom.cdi;

import dev.mailroom.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Optional;

/** Stops the deployment of an application whose configuration is wrong, before anybody sends a mail with it. */
public class ConfigurationExtension implements Extension {
    private static final System.Logger LOG = System.getLogger("dev.mailroom.configuration");

    private MailroomConfiguration configuration;

    /** What was read when the application was deployed; read now if somebody needs it even before. */
    synchronized MailroomConfiguration configuration() {
        if (configuration == null) {
            configuration = MailroomConfiguration.read(sources(), ContributedKeys.find());
        }
        return configuration;
    }

    /** The server's MicroProfile Config, else what it would read. */
    private static ConfigurationSources sources() {
        Optional<ConfigurationSources> found;
        try {
            found = MicroProfileSources.find();
        } catch (NoClassDefFoundError noSuchApi) {
            found = Optional.empty();
        }
        return found.orElseGet(() -> StandardSources.of(System.getProperties(), System.getenv(),
                Thread.currentThread().getContextClassLoader()));
    }

    /** Called by the container once its beans are known. */
    public void check(@Observes AfterDeploymentValidation validation) {
        try {
            configuration().warnings()
                    .forEach(warning -> LOG.log(System.Logger.Level.WARNING, "{0}", warning));
        } catch (ConfigurationException e) {
            validation.addDeploymentProblem(e);
        }
    }
}
