package dev.mailroom.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What of Debian's Postfix and Cyrus SASL is on this machine. */
final class PostfixInstallation {
    static final Path POSTFIX = Path.of("/usr/sbin/postfix");
    static final Path SASLPASSWD = Path.of("/usr/sbin/saslpasswd2");

    private PostfixInstallation() {
    }

    /** Why a private Postfix cannot run here, and what to do about it; empty = it can. */
    static Optional<String> obstacle() {
        List<String> missing = new ArrayList<>();
        if (!Files.isExecutable(POSTFIX)) {
            missing.add("postfix");
        }
        if (!Files.isExecutable(SASLPASSWD)) {
            missing.add("sasl2-bin");
        }
        if (!plugin("libplain.so")) {
            missing.add("libsasl2-modules");
        }
        if (!plugin("libsasldb.so")) {
            missing.add("libsasl2-modules-db");
        }
        if (!missing.isEmpty()) {
            return Optional.of("no private Postfix: run apt-get install " + String.join(" ", missing));
        }
        if (!root()) {
            return Optional.of("no private Postfix: run the tests as root, its master process has to change users");
        }
        return Optional.empty();
    }

    private static boolean plugin(String name) {
        for (Path folder : pluginFolders()) {
            if (Files.exists(folder.resolve(name))) {
                return true;
            }
        }
        return false;
    }

    /** Debian keeps them per architecture: /usr/lib/x86_64-linux-gnu/sasl2. */
    private static List<Path> pluginFolders() {
        List<Path> folders = new ArrayList<>(List.of(Path.of("/usr/lib/sasl2")));
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            architectures.forEach(architecture -> folders.add(architecture.resolve("sasl2")));
        } catch (IOException e) {
            // Not a Debian: the one folder remains, and the message says what is missing.
            return folders;
        }
        return folders;
    }

    static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
