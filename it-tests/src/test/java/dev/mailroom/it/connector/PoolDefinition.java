package dev.mailroom.it.connector;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.resource.ConnectionFactoryDefinition;

/** Any managed class may define the pool. */
@ApplicationScoped
@ConnectionFactoryDefinition(name = "java:app/mailroom", resourceAdapter = "mailroom",
        interfaceName = "dev.mailroom.SmtpConnectionFactory", minPoolSize = 0, maxPoolSize = 20,
        properties = {
            "org.glassfish.connector-connection-pool.pool-resize-quantity=1",
            "org.glassfish.connector-connection-pool.max-wait-time-in-millis=30000",
            "org.glassfish.connector-connection-pool.idle-timeout-in-seconds=60"})
public class PoolDefinition {
}
