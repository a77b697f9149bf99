package dev.mailroom.se;

import dev.mailroom.facade.CallingPrincipal;
import dev.mailroom.spool.service.OutcomeObservers;
import dev.mailroom.spool.service.Spool;
import dev.mailroom.spool.service.SpoolThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Optional;
import java.util.function.Function;

/** Adds what the container has not made of Mailroom's EJBs, and ties the spool to the container's life then. */
public class EjbStandIns implements Extension {
    private boolean ejbs;
    private Optional<SpoolTimer> timer = Optional.empty();

    /** For the container. */
    public EjbStandIns() {
        // Nothing is known yet.
    }

    /** Called by the container for every bean that it has found. */
    public void found(@Observes ProcessBean<?> bean) {
        ejbs |= bean.getBean().getBeanClass() == CallingPrincipal.class;
    }

    /** Called by the container when it has found them all. */
    public void complete(@Observes AfterBeanDiscovery discovery, BeanManager beans) {
        if (!ejbs) {
            OwnThreads threads = new OwnThreads();
            timer = Optional.of(new SpoolTimer(threads));
            add(discovery, CallingPrincipal.class, any -> new SoleCaller());
            add(discovery, SpoolThreads.class, any -> threads);
            add(discovery, OutcomeObservers.class, any -> new DirectObservers(beans));
        }
    }

    private static <T> void add(AfterBeanDiscovery discovery, Class<T> type, Function<Object, T> made) {
        discovery.addBean().beanClass(EjbStandIns.class).id(EjbStandIns.class.getName() + "." + type.getSimpleName())
                .types(type, Object.class).scope(Dependent.class).createWith(made::apply);
    }

    /** Called by the container once it is up. */
    public void begin(@Observes @Initialized(ApplicationScoped.class) Object started, BeanManager beans) {
        timer.ifPresent(clock -> clock.begin(one(beans, Spool.class).orElseThrow(),
                one(beans, TransactionSynchronizationRegistry.class).orElseGet(NoTransactions::new)));
    }

    private static <T> Optional<T> one(BeanManager beans, Class<T> type) {
        return beans.createInstance().select(type).stream().findFirst();
    }

    /** Called by the container before it goes. */
    public void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object ended) {
        timer.ifPresent(SpoolTimer::end);
    }
}
