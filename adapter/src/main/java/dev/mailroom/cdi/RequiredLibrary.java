package dev.mailroom.cdi;

import java.util.Optional;

/** What Jakarta EE does not promise, and not every server shows to applications. */
final class RequiredLibrary {
    private static final String ANGUS = "org.eclipse.angus.mail.smtp.SMTPTransport";

    private RequiredLibrary() {
    }

    /**
     * What is missing, and what to do.
     *
     * @param loader that of Mailroom's own classes
     */
    static Optional<String> missing(ClassLoader loader) {
        try {
            Class.forName(ANGUS, false, loader);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.of("Mailroom needs Angus Mail, which this server does not show to applications: add"
                    + " org.eclipse.angus:angus-mail (2.0 or newer) to the application (" + e + ")");
        }
    }
}
