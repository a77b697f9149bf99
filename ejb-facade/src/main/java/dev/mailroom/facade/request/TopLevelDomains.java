package dev.mailroom.facade.request;

import java.io.IOException;
import java.net.IDN;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipFile;

/** Which top-level domains there are, by the public suffix list that comes with the JDK. */
public final class TopLevelDomains {
    private static final Path LIST = Path.of(System.getProperty("java.home"), "lib", "security",
            "public_suffix_list.dat");

    private TopLevelDomains() {
    }

    /**
     * Whether a domain, in A-labels, ends with a known one and has a label in front of it.
     *
     * @throws IOException if this Java brings no list
     */
    public static boolean known(String domain) throws IOException {
        int dot = domain.lastIndexOf('.');
        String last = domain.substring(dot + 1).toLowerCase(Locale.ROOT);
        try (ZipFile list = new ZipFile(LIST.toFile())) {
            return dot > 0 && (list.getEntry(last) != null || list.getEntry(IDN.toUnicode(last)) != null);
        }
    }
}
