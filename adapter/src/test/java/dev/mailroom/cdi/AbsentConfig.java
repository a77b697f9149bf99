package dev.mailroom.cdi;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A server that has everything but MicroProfile Config. */
final class AbsentConfig {
    private AbsentConfig() {
    }

    /** @param application a directory of its class path */
    static URLClassLoader server(Path application) throws IOException {
        List<URL> urls = new ArrayList<>(List.of(application.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!new File(entry).getName().startsWith("microprofile-config-api")) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    static boolean hasApi(ClassLoader server) {
        try {
            Class.forName("org.eclipse.microprofile.config.Config", false, server);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The named sessions that the CDI extension reads there. */
    static String sessions(ClassLoader server) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Properties all = System.getProperties();
        Properties without = new Properties();
        // Those of the tests themselves are no administrator's.
        all.stringPropertyNames().stream().filter(name -> !name.startsWith("mailroom."))
                .forEach(name -> without.setProperty(name, all.getProperty(name)));
        Thread.currentThread().setContextClassLoader(server);
        System.setProperties(without);
        try {
            Class<?> type = Class.forName("dev.mailroom.cdi.ConfigurationExtension", true, server);
            // What Weld does first with an extension: look at all of its methods.
            type.getDeclaredMethods();
            Object configuration = call(type.getConstructor().newInstance(), "configuration");
            return call(call(configuration, "settings"), "namedSessions").toString();
        } finally {
            System.setProperties(all);
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Object call(Object target, String name) throws Exception {
        Method method = target.getClass().getDeclaredMethod(name);
        method.setAccessible(true);
        return method.invoke(target);
    }
}
