package dev.mailroom.console.launch;

import java.util.List;

/** Warnings of a starting Payara Micro that no administrator can or need act on; everything else is shown. */
final class StartNoise {
    private record Noise(String logger, String words) {
    }

    private static final List<Noise> KNOWN = List.of(
            // Expired certification authorities in the server's trust store: they are not trusted, that is all.
            new Noise("javax.enterprise.system.security.ssl", "has expired"),
            // The server unpacks itself into the temporary folder, which is what the runnable jar is meant to do.
            new Noise("PayaraMicro", "located in a temporary file location"));

    private StartNoise() {
    }

    static boolean isNoise(String logger, String message) {
        return KNOWN.stream().anyMatch(noise -> noise.logger.equals(logger) && message.contains(noise.words));
    }
}
