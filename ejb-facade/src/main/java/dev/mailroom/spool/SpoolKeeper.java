package dev.mailroom.spool;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Ties the spool to the life of the application: recovery at the start, a timer, a graceful end. Defines the embedded
 * database as a DataSource of the container, so that it takes part in JTA transactions; it is opened at first use.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@DataSourceDefinition(
        name = SpoolKeeper.EMBEDDED,
        className = "dev.mailroom.spool.EmbeddedDataSource",
        minPoolSize = 0,
        initialPoolSize = 0,
        maxPoolSize = 100)
public class SpoolKeeper {
    static final String EMBEDDED = "java:app/mailroom/spool";

    @Inject
    private Spool spool;
    @Resource
    private TimerService timers;

    @PostConstruct
    void begin() {
        spool.begin();
        long interval = spool.settings().drain().sweep().toMillis();
        timers.createIntervalTimer(interval, interval, new TimerConfig(null, false));
    }

    @Timeout
    void sweep() {
        spool.sweep();
    }

    @PreDestroy
    void end() {
        spool.end();
    }
}
