package dev.mailroom.configuration;

import dev.mailroom.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;

/** Reads a secret kept in a file of its own, as container platforms mount them. */
final class SecretFile {
    static final String TYPE = "secret's file";
    private static final int MOST = 65_536;

    private SecretFile() {
    }

    /** The secret that follows the file. */
    static Secret follow(String text, Function<String, Secret> kind) {
        Path path = Path.of(text).toAbsolutePath();
        FollowedFile file = new FollowedFile(path, kind);
        return Secret.of(kind.apply(file.known()).kind(), file);
    }

    /** What is in the file now, checked. */
    static String read(Path path, Function<String, Secret> kind) {
        try {
            if (Files.size(path) > MOST) {
                throw new IllegalArgumentException("expected a secret of at most " + MOST + " octets");
            }
            return kind.apply(line(Files.readAllBytes(path))).value();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException("expected a file that holds a secret in UTF-8");
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("expected a file that the server may read; reading " + path
                    + " failed with " + unreadable.getClass().getSimpleName());
        }
    }

    private static String line(byte[] bytes) throws CharacterCodingException {
        String content = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        String line = content.replaceFirst("\r?\n\\z", "");
        if (line.isEmpty() || line.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
            throw new IllegalArgumentException("expected a file with exactly one line that is not empty");
        }
        return line;
    }

    static String caution(String text) {
        Path path = Path.of(text).toAbsolutePath();
        try {
            boolean open = Files.getFileStore(path).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
            return open ? "every user of this machine may read " + path + "; take the right away (chmod o-r)" : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
