package dev.mailroom.it.application;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.ref.WeakReference;

/** Leaves a weak reference to the application's class loader where a test finds it when the application is gone. */
@WebListener
public class LoaderTrace implements ServletContextListener {
    /** Where the class loader of the application with that name can be found: a key of the system properties. */
    public static String key(String application) {
        return "it.loader." + application;
    }

    @Override
    public void contextInitialized(ServletContextEvent event) {
        System.getProperties().put(key(event.getServletContext().getContextPath().substring(1)),
                new WeakReference<>(getClass().getClassLoader()));
    }
}
