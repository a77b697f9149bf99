package dev.mailroom.it.house;

import java.util.List;

/**
 * A package of Mailroom and what it may know besides the JDK and itself.
 *
 * @param module the Maven module that holds it
 * @param name the package
 * @param ours packages of Mailroom, exactly
 * @param foreign everyone else's packages, with all below them; databases are foreign though the JDK brings them
 */
record Place(String module, String name, List<String> ours, List<String> foreign) {
    Place {
        ours = List.copyOf(ours);
        foreign = List.copyOf(foreign);
    }

    boolean mayUse(String other) {
        if (other.equals(name)) {
            return true;
        }
        if (other.startsWith(House.ROOT)) {
            return ours.contains(other);
        }
        return House.jdk(other) || foreign.stream().anyMatch(mine -> (other + ".").startsWith(mine + "."));
    }
}
