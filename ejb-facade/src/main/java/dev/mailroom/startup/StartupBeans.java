package dev.mailroom.startup;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The singletons that the server makes to start the application: {@code @Startup} beans, and what they depend on. */
final class StartupBeans {
    private final Map<Class<?>, Singleton> singletons = new ConcurrentHashMap<>();

    /**
     * A singleton of the application.
     *
     * @param name its name as an EJB
     * @param startup whether it is a {@code @Startup} bean
     * @param dependsOn names of others, perhaps behind the module's and a {@code #}
     */
    private record Singleton(String name, boolean startup, List<String> dependsOn) {
    }

    void add(Class<?> bean, String name, boolean startup, List<String> dependsOn) {
        singletons.put(bean, new Singleton(name.isEmpty() ? bean.getSimpleName() : name, startup, dependsOn));
    }

    /** Whether it is one; also asked with the class that a container has derived from it. */
    boolean contains(Class<?> made) {
        Optional<Singleton> own = Optional.empty();
        for (Class<?> type = made; type != null && own.isEmpty(); type = type.getSuperclass()) {
            own = Optional.ofNullable(singletons.get(type));
        }
        return own.filter(singleton -> singleton.startup() || neededNames().contains(singleton.name())).isPresent();
    }

    private Set<String> neededNames() {
        Set<String> needed = new HashSet<>();
        Deque<Singleton> left = new ArrayDeque<>(singletons.values().stream().filter(Singleton::startup).toList());
        while (!left.isEmpty()) {
            for (String name : left.remove().dependsOn()) {
                String bare = name.substring(name.indexOf('#') + 1);
                if (needed.add(bare)) {
                    singletons.values().stream().filter(one -> one.name().equals(bare)).forEach(left::add);
                }
            }
        }
        return needed;
    }
}
