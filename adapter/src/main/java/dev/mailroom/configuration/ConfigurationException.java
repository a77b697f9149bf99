package dev.mailroom.configuration;

import java.util.List;

/** The configuration cannot be used; the deployment stops. The message lists every problem found, not only one. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** One exception for all problems: each one sentence naming key, value (never a secret) and what was expected. */
    public ConfigurationException(List<String> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(List<String> problems) {
        var message = new StringBuilder("Mailroom's configuration has ")
                .append(problems.size() == 1 ? "a problem:" : problems.size() + " problems:");
        problems.forEach(problem -> message.append("\n - ").append(problem));
        return message.toString();
    }

    /** The problems one by one, as the message shows them. */
    public List<String> problems() {
        return problems == null ? List.of() : problems;
    }
}
