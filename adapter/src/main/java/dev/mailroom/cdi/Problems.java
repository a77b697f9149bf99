package dev.mailroom.cdi;

import dev.mailroom.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a configuration, so that an administrator sees all of it at once. */
final class Problems {
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    /** Something that stops the deployment. */
    void add(String problem) {
        problems.add(problem);
    }

    /** Something to think over. */
    void warn(String warning) {
        warn("MR0401", warning);
    }

    /** The same with an id of its own; the manual's table explains it. */
    void warn(String id, String warning) {
        warnings.add(id + " " + warning);
    }

    List<String> warnings() {
        return new ArrayList<>(warnings);
    }

    /** Stops here if there was any problem. */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(new ArrayList<>(problems));
        }
    }
}
