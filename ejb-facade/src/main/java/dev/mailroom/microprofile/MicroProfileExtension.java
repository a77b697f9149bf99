package dev.mailroom.microprofile;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.util.Map;

/**
 * Makes beans of the classes whose API the server has. They bear no scope of their own: the container would find them
 * by it, and fail to load them where the API is missing.
 */
public class MicroProfileExtension implements Extension {
    private static final Map<String, String> BEANS_BY_API = Map.of(
            "org.eclipse.microprofile.health.HealthCheck", "dev.mailroom.microprofile.SessionsReadiness",
            "org.eclipse.microprofile.metrics.MetricRegistry", "dev.mailroom.microprofile.PoolMetrics");

    /** Called by the container before it looks for beans. */
    public void add(@Observes BeforeBeanDiscovery discovery) {
        BEANS_BY_API.forEach((api, bean) -> {
            try {
                load(api);
                discovery.addAnnotatedType(load(bean), bean).add(ApplicationScoped.Literal.INSTANCE);
            } catch (ClassNotFoundException e) {
                System.getLogger(getClass().getName()).log(System.Logger.Level.DEBUG,
                        () -> "this server has no " + api + "; nothing is missing but what it would show");
            }
        });
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, MicroProfileExtension.class.getClassLoader());
    }
}
