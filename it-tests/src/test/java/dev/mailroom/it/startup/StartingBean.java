package dev.mailroom.it.startup;

import dev.mailroom.facade.MailFacade;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;

/** What a ported program does in its initialisation; calls others, and has work done elsewhere meanwhile. */
@Singleton
@Startup
@DependsOn("EarlierBean")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class StartingBean {
    @Inject
    private MailFacade mail;
    @EJB
    private MailFacade ejb;
    @Inject
    private Settings settings;
    @Inject
    private Worker worker;
    @Resource
    private TimerService timers;
    @Resource
    private ManagedExecutorService executor;

    @PostConstruct
    void setUp() {
        settings.set(mail, "@Startup", 11);
        settings.set(ejb, "@Startup with @EJB", 12);
        worker.work(settings);
        worker.workLater(settings);
        executor.submit(() -> settings.set(mail, "managed executor", 31));
        timers.createSingleActionTimer(0, new TimerConfig(null, false));
    }

    @Timeout
    void goOff() {
        settings.set(mail, "timer", 32);
    }
}
