package dev.mailroom.startup;

import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.servlet.ServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Which threads are starting the application. One is, while it makes a {@code @Startup} bean or one that such a bean
 * depends on; and each on which the container has told of the start, from then on until the first servlet request: all
 * start-up comes before that. Timers and asynchronous methods may run before; they have threads of their own.
 * Thread-safe.
 */
public class ApplicationStart implements Extension {
    // Weakly: the server's threads outlive applications.
    private final Set<Thread> containers = weakSet();
    private final Set<Thread> beans = weakSet();
    private final StartupBeans startupBeans = new StartupBeans();
    private volatile boolean served;

    /** For the container. */
    public ApplicationStart() {
        // Nothing is known yet.
    }

    /** Whether what the calling thread does is part of the start of the application. */
    public boolean runsHere() {
        return beans.contains(Thread.currentThread()) || !served && containers.contains(Thread.currentThread());
    }

    /** Has singletons intercepted while they are made; called by the container. */
    public void mark(@Observes @WithAnnotations(Singleton.class) ProcessAnnotatedType<?> bean) {
        AnnotatedType<?> type = bean.getAnnotatedType();
        if (type.isAnnotationPresent(Singleton.class)) {
            startupBeans.add(type.getJavaClass(), type.getAnnotation(Singleton.class).name(),
                    type.isAnnotationPresent(Startup.class),
                    type.isAnnotationPresent(DependsOn.class)
                            ? List.of(type.getAnnotation(DependsOn.class).value()) : List.of());
            bean.configureAnnotatedType().add(new Literal());
        }
    }

    /** Called by the container once its beans are known. */
    public void deployed(@Observes AfterDeploymentValidation validation) {
        containers.add(Thread.currentThread());
    }

    /** Called by the container, on some servers on another thread than before: it starts the web part there. */
    public void initialized(@Observes @Initialized(ApplicationScoped.class) Object application) {
        containers.add(Thread.currentThread());
    }

    /** Called by the container at each servlet request. */
    public void served(@Observes @Initialized(RequestScoped.class) ServletRequest request) {
        if (!served) {
            served = true;
            containers.clear();
        }
    }

    /**
     * A singleton is being made on this thread.
     *
     * @return whether this begins a part of the start that {@link #leave} ends; false = it is none, or part of another
     */
    boolean enter(Class<?> bean) {
        return startupBeans.contains(bean) && beans.add(Thread.currentThread());
    }

    StartupBeans startupBeans() {
        return startupBeans;
    }

    void leave() {
        beans.remove(Thread.currentThread());
    }

    private static Set<Thread> weakSet() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    private static final class Literal extends AnnotationLiteral<SingletonOfApplication>
            implements SingletonOfApplication {
        private static final long serialVersionUID = 1L;
    }
}
