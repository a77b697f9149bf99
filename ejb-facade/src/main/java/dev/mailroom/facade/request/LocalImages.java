package dev.mailroom.facade.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML whose images are files: references to them become {@code cid:} ones. Nothing is fetched from a network: what
 * names a server, a part of the mail or data stays as it is. No reference leads out of the base directory, not even
 * over a link.
 */
public final class LocalImages {
    private static final Pattern TAG = Pattern.compile(
            "(?i)<(?:img|input|body|table|thead|tbody|tr|td|th)\\b(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>");
    private static final Pattern REFERENCE = Pattern.compile(
            "(?i)([\\s\"'](?:src|background)\\s*+=\\s*+)(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"'>]++))");
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]+:|//|#).*|", Pattern.DOTALL);
    private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "tif",
            "tiff", "avif");

    private final Path base;
    private final Map<String, Path> files = new LinkedHashMap<>();

    private LocalImages(Path base) {
        this.base = base;
    }

    /**
     * What became of the HTML.
     *
     * @param html with {@code cid:} references
     * @param files the images by their content id, each once; the same image always has the same
     */
    public record Inlined(String html, Map<String, Path> files) {
    }

    /**
     * Finds the images.
     *
     * @param directory what references are relative to
     * @throws IOException if a reference names no image in the directory; it says which
     */
    public static Inlined of(String html, Path directory) throws IOException {
        LocalImages images = new LocalImages(directory.toRealPath());
        StringBuilder inlined = new StringBuilder(html.length());
        Matcher tag = TAG.matcher(html);
        int at = 0;
        while (tag.find()) {
            inlined.append(html, at, tag.start()).append(images.tag(tag.group()));
            at = tag.end();
        }
        return new Inlined(inlined.append(html.substring(at)).toString(), Map.copyOf(images.files));
    }

    private String tag(String tag) throws IOException {
        StringBuilder changed = new StringBuilder(tag.length());
        Matcher reference = REFERENCE.matcher(tag);
        int at = 0;
        while (reference.find()) {
            String value = reference.group(2) != null ? reference.group(2)
                    : reference.group(3) != null ? reference.group(3) : reference.group(4);
            changed.append(tag, at, reference.start());
            if (elsewhere(value.strip())) {
                changed.append(reference.group());
            } else {
                changed.append(reference.group(1)).append("\"cid:").append(identifier(value.strip())).append('"');
            }
            at = reference.end();
        }
        return changed.append(tag.substring(at)).toString();
    }

    private static boolean elsewhere(String value) {
        return ELSEWHERE.matcher(value).matches() && !value.toLowerCase(Locale.ROOT).startsWith("file:");
    }

    private String identifier(String reference) throws IOException {
        Path file = file(reference);
        String name = file.getFileName().toString();
        String type = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!IMAGES.contains(type)) {
            throw wrong(reference, "is no image; its name ends with none of ." + String.join(", .",
                    IMAGES.stream().sorted().toList()));
        }
        String identifier = digest(file) + "@image";
        files.putIfAbsent(identifier, file);
        return identifier;
    }

    private Path file(String reference) throws IOException {
        String path = reference.replaceFirst("[?#].*", "").replace("&amp;", "&").replace('\\', '/');
        Path file;
        try {
            String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
            file = base.resolve(decoded).normalize();
        } catch (IllegalArgumentException e) {
            throw wrong(reference, "is no path");
        }
        if (!file.startsWith(base) || path.matches("(?i)[a-z]:.*|file:.*")) {
            throw wrong(reference, "leads out of the directory; name files in it, by a path relative to it");
        }
        if (!Files.isRegularFile(file)) {
            throw wrong(reference, "is not there");
        }
        Path real = file.toRealPath();
        if (!real.startsWith(base)) {
            throw wrong(reference, "is a link that leads out of the directory");
        }
        return real;
    }

    private IOException wrong(String reference, String how) {
        return new IOException("the image \"" + reference.replaceAll("\\p{Cntrl}", "?") + "\" " + how + " (directory "
                + base + ")");
    }

    private static String digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                var out = new DigestOutputStream(OutputStream.nullOutputStream(),
                        MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(out);
            return HexFormat.of().formatHex(out.getMessageDigest().digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
