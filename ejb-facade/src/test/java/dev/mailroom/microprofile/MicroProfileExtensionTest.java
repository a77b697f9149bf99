package dev.mailroom.microprofile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import java.io.File;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroProfileExtensionTest {
    @ParameterizedTest
    @CsvSource({"'',PoolMetrics SessionsReadiness", "metrics,SessionsReadiness", "health,PoolMetrics",
        "metrics health,''"})
    void whereTheServerLacksAnApiItsBeanIsLeftOutAndNothingBreaks(String missing, String beans) throws Exception {
        try (URLClassLoader server = serverWithout(missing.isEmpty() ? List.of() : List.of(missing.split(" ")))) {
            Set<String> added = new TreeSet<>();
            Class<?> type = server.loadClass(BeforeBeanDiscovery.class.getName());
            Object discovery = Proxy.newProxyInstance(server, new Class<?>[] {type}, (proxy, method, arguments) -> {
                if (method.getName().equals("addAnnotatedType")) {
                    added.add(((Class<?>) arguments[0]).getSimpleName());
                    return Proxy.newProxyInstance(server, new Class<?>[] {method.getReturnType()},
                            (configurator, adding, scopes) -> configurator);
                }
                return null;
            });
            Class<?> extension = server.loadClass(MicroProfileExtension.class.getName());
            extension.getMethod("add", type).invoke(extension.getConstructor().newInstance(), discovery);
            assertEquals(beans, String.join(" ", added));
            for (String bean : added) {
                assertEquals(List.of(), scopes(server.loadClass("dev.mailroom.microprofile." + bean)));
                // What a container does with them first; it fails where an API is missing.
                server.loadClass("dev.mailroom.microprofile." + bean).getDeclaredMethods();
            }
            if (missing.equals("health")) {
                assertThrows(NoClassDefFoundError.class,
                        () -> server.loadClass("dev.mailroom.microprofile.SessionsReadiness"));
            }
        }
    }

    /** By such an annotation a container would find the class on its own, whatever the extension says. */
    private static List<String> scopes(Class<?> bean) {
        return Arrays.stream(bean.getAnnotations()).map(annotation -> annotation.annotationType().getName())
                .filter(name -> name.startsWith("jakarta.")).toList();
    }

    private static URLClassLoader serverWithout(List<String> missing) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String file = new File(entry).getName();
            if (missing.stream().noneMatch(api -> file.startsWith("microprofile-" + api + "-api"))) {
                urls.add(new File(entry).toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
