package dev.mailroom.console.launch;

import java.util.List;

/** Finds the sentence that helps among the exceptions of a failed start. */
final class StartFailure {
    private StartFailure() {
    }

    /** The message for a person; the exceptions in the order they came. */
    static String explain(List<? extends Throwable> failures) {
        StringBuilder text = new StringBuilder("\nMailroom did not start.\n");
        failures.forEach(failure -> text.append("  ").append(root(failure)).append('\n'));
        return text.toString();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
