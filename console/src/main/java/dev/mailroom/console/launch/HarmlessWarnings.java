package dev.mailroom.console.launch;

import java.util.List;

/** Warnings of Payara Micro that no administrator can or need act on; everything else is shown. */
final class HarmlessWarnings {
    private record Noise(String logger, String words) {
    }

    private static final List<Noise> KNOWN = List.of(
            // Expired certification authorities in the server's trust store: they are simply not trusted.
            new Noise("javax.enterprise.system.security.ssl", "has expired"),
            // The server unpacks itself into the temporary folder, which is what the runnable jar is meant to do.
            new Noise("PayaraMicro", "located in a temporary file location"));

    private static final String DECODER = "org.glassfish.grizzly.http.util.URLDecoder";

    private HarmlessWarnings() {
    }

    /** Whether it is about a request's path that cannot be decoded: its client's mistake, and no news. */
    static boolean isBadPath(Throwable thrown) {
        return thrown != null && thrown.getStackTrace().length > 0
                && thrown.getStackTrace()[0].getClassName().equals(DECODER);
    }

    static boolean isNoise(String logger, String message) {
        return KNOWN.stream().anyMatch(noise -> noise.logger.equals(logger) && message.contains(noise.words));
    }
}
