package dev.mailroom.it.inside;

import java.lang.annotation.Annotation;
import java.util.Arrays;

/**
 * Has the server do what its administrator would tell asadmin, while it runs. By the names of the server's own classes:
 * what Payara Micro offers applications for this reaches nobody without a cluster.
 */
public final class Administrator {
    /** Runs one command with its arguments. */
    public void run(String command) {
        String[] words = command.split(" ");
        String[] arguments = Arrays.copyOfRange(words, 1, words.length);
        try {
            Object services = Class.forName("org.glassfish.internal.api.Globals").getMethod("getDefaultHabitat")
                    .invoke(null);
            Class<?> type = Class.forName("org.glassfish.embeddable.CommandRunner");
            Object runner = Class.forName("org.glassfish.hk2.api.ServiceLocator")
                    .getMethod("getService", Class.class, Annotation[].class)
                    .invoke(services, type, new Annotation[0]);
            Object result = type.getMethod("run", String.class, String[].class).invoke(runner, words[0], arguments);
            Class<?> answer = Class.forName("org.glassfish.embeddable.CommandResult");
            if (!"SUCCESS".equals(answer.getMethod("getExitStatus").invoke(result).toString())) {
                throw new AssertionError(command + ": " + answer.getMethod("getOutput").invoke(result));
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(command, e);
        }
    }
}
