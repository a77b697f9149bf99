package dev.mailroom.console.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.naming.NameNotFoundException;

/**
 * Explains a failed start. A mistake in the configuration is one sentence; what is not recognised as one comes with
 * its stack trace.
 *
 * @param thrown what the start ended with and what was logged on the way, in that order
 */
record StartFailure(List<Throwable> thrown) {
    /** A configuration key, not one of our packages; or the JDK's property for the console's key store. */
    private static final Pattern KEY = Pattern.compile("(?<![\\w.])(mailroom\\.[a-z]|javax\\.net\\.ssl\\.keyStore=)");

    String explain() {
        Set<String> sentences = new LinkedHashSet<>();
        thrown.forEach(one -> sentence(one, sentences));
        StringWriter text = new StringWriter();
        text.append("\nMailroom did not start:\n");
        if (sentences.isEmpty()) {
            thrown.stream().filter(one -> !(one instanceof NameNotFoundException) || thrown.size() == 1)
                    .findFirst().ifPresent(one -> one.printStackTrace(new PrintWriter(text, true)));
        }
        sentences.forEach(sentence -> text.append("  ").append(sentence).append('\n'));
        return text.toString();
    }

    /** The deepest cause whose message a person can act on. */
    private static void sentence(Throwable failure, Set<String> sentences) {
        String found = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                found = "the HTTP port is in use (or the address is not this machine's): choose another with "
                        + "--port, or set " + ListenAddress.KEY;
            } else if (cause.getMessage() != null && KEY.matcher(cause.getMessage()).find()) {
                found = cause.getMessage();
            }
        }
        if (!found.isEmpty()) {
            sentences.add(found);
        }
    }
}
