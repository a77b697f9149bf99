package dev.mailroom.startup;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Around the {@code @PostConstruct} of a singleton, whichever thread the server runs it on. */
@SingletonOfApplication
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class SingletonInterceptor {
    @Inject
    private ApplicationStart start;

    /** For the container. */
    public SingletonInterceptor() {
        // Everything is injected.
    }

    @PostConstruct
    void around(InvocationContext construction) throws Exception {
        boolean begun = start.enter(construction.getTarget().getClass());
        try {
            construction.proceed();
        } finally {
            if (begun) {
                start.leave();
            }
        }
    }
}
