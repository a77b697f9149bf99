package org.example.invoicing;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The picture in every mail, read once. */
@ApplicationScoped
public class Logo {
    private final byte[] png = read();

    byte[] png() {
        return png;
    }

    private static byte[] read() {
        try (var in = Logo.class.getResourceAsStream("/logo.png")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
