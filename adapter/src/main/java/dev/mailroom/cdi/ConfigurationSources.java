package dev.mailroom.cdi;

import java.util.List;

/**
 * Everything that is configured on this server, through MicroProfile Config or without it. Immutable or thread-safe.
 */
interface ConfigurationSources {
    /** All names, Mailroom's and others', as each source spells them. */
    Iterable<String> names();

    /**
     * What is configured under a name, found as MicroProfile Config 3.1 says: the highest source first, in the
     * environment under the mapped names, too.
     */
    Value find(String name);

    /** Profiles whose properties are seen, the strongest first; their names are those with {@code %profile.} before. */
    List<String> profiles();

    /**
     * A value, and where it was found.
     *
     * @param text empty = none
     * @param unresolved whether it is none because an expression in it names nothing
     * @param source for people; empty = unknown
     */
    record Value(String text, boolean unresolved, String source) {
        static final Value NONE = new Value("", false, "");
    }
}
