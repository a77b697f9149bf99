package dev.mailroom.it.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java source and the packages it names, by import or in full.
 *
 * @param module the Maven module that holds it
 * @param path for messages
 */
record Source(String module, String path, String code) {
    private static final Path ROOT = Path.of(System.getProperty("basedir", "it-tests")).toAbsolutePath().getParent();

    // Order matters: a quote within a comment is no string, "//" within a string is no comment.
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'", Pattern.DOTALL);
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern QUALIFIED = Pattern.compile(
            "(?<![\\w.])((?:javax?|jakarta|com|dev|fish|io|net|org)(?:\\s*\\.\\s*[a-z_]\\w*)+)\\s*\\.\\s*[A-Z*]");

    Source {
        code = NO_CODE.matcher(code).replaceAll(" ");
    }

    /** All main sources of all modules. */
    static List<Source> ofAllModules() {
        return House.PLACES.stream().map(Place::module).distinct().flatMap(module -> of(module).stream()).toList();
    }

    private static List<Source> of(String module) {
        Path sources = ROOT.resolve(module).resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> new Source(module, ROOT.relativize(file).toString(), read(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String packageName() {
        Matcher matcher = PACKAGE.matcher(code);
        return matcher.find() ? matcher.group(1) : "";
    }

    Set<String> packagesNamed() {
        Set<String> names = new TreeSet<>();
        Matcher matcher = QUALIFIED.matcher(code);
        while (matcher.find()) {
            names.add(matcher.group(1).replaceAll("\\s", ""));
        }
        return names;
    }

    /** What the house does not allow, each as a sentence. */
    List<String> wrongArrows() {
        List<String> wrong = new ArrayList<>();
        House.place(packageName()).filter(place -> place.module().equals(module)).ifPresentOrElse(
                place -> packagesNamed().stream().filter(name -> !place.mayUse(name))
                        .forEach(name -> wrong.add(path + ": " + place.name() + " must not know " + name)),
                () -> wrong.add(path + ": the house has no place for " + packageName() + " in " + module));
        return wrong;
    }
}
