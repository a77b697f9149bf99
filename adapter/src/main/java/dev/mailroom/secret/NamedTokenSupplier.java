package dev.mailroom.secret;

/**
 * The token supplier of a named session: a CDI bean of this type serves the session whose name it says. Found when the
 * application starts; a session that does not exist, has another secret, or has two such beans stops the start. Any
 * scope will do whose bean lives as long as the application, such as {@code @ApplicationScoped}.
 */
public interface NamedTokenSupplier extends TokenSupplier {
    /** The name of the session; the same at each call. */
    String name();
}
