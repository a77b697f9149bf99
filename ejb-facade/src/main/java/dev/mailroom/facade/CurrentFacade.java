package dev.mailroom.facade;

import jakarta.enterprise.inject.spi.CDI;

/**
 * The facade of the application that the current thread works for: used by variables, which cannot be injected into.
 */
final class CurrentFacade {
    private CurrentFacade() {
    }

    /** @throws IllegalStateException where there is no application, or one without Mailroom */
    static MailFacade get() {
        try {
            return CDI.current().select(MailFacade.class).get();
        } catch (IllegalStateException | IllegalArgumentException | jakarta.enterprise.inject.ResolutionException e) {
            throw new IllegalStateException("this needs an application of a Jakarta EE server that has Mailroom, on one"
                    + " of its threads; elsewhere pass the variable to the MailFacade that you have", e);
        }
    }
}
