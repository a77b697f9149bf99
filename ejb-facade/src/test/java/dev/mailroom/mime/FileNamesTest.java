package dev.mailroom.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.testing.Required;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** File names as five readers that are not Jakarta Mail see them. */
class FileNamesTest {
    /** The name, of no more octets than ripmime has room for, and the one that a reader without RFC 2231 sees. */
    static Stream<List<String>> names() {
        String longName = "Mailing example 1 - Text containing more than 60 characters and then some.pdf";
        return Stream.of(same("report.pdf"), same(longName), same("n".repeat(100) + ".pdf"), same("O'Brien.pdf"),
                same("a*b.pdf"), same("100% #1 & more; b=c, (d).pdf"), same("a=b.pdf"),
                same("a%20b.pdf"), same(".hidden"), same("name."), same("a+b@c,d.txt"),
                List.of("a'b'c.txt", "a_b_c.txt"), List.of("UTF-8''a.txt", "UTF-8__a.txt"),
                List.of("'quoted'.pdf", "_quoted_.pdf"),
                List.of("e\u0301.txt", "e.txt"), List.of("say \"hi\".txt", "say _hi_.txt"),
                List.of("C++ Übung.pdf", "C++ Ubung.pdf"), List.of("=?UTF-8?Q?a?=.pdf", "__UTF-8_Q_a__.pdf"),
                List.of("日本語の名前".repeat(6) + ".docx", "_".repeat(36) + ".docx"), List.of("😀.png", "_.png"),
                List.of("x" + "😀é".repeat(9) + ".png", "x" + "_e".repeat(9) + ".png"),
                List.of("Ångström’s ﬁle.txt", "Angstrom_s file.txt"), List.of("two  spaces.txt", "two _spaces.txt"),
                List.of("ключ%41.txt", "_____41.txt"), List.of("ü;filename=evil.exe", "u_filename_evil.exe"));
    }

    private static List<String> same(String name) {
        return List.of(name, name);
    }

    @TempDir
    Path folder;

    private Path mail(String name) throws Exception {
        byte[] mail = Mails.bytes(Mails.bodies("t", "", Mails.file(name, new byte[] {1, 2, 3})));
        Mails.assertTravelsAnywhere(mail);
        return Files.write(folder.resolve("mail"), mail);
    }

    @ParameterizedTest
    @MethodSource("names")
    void pythonReadsTheNameAsItWasWritten(List<String> name) throws Exception {
        needs("python3", "python3");
        String script = "import email, email.policy, sys; m = email.message_from_binary_file(open(sys.argv[1], 'rb'),"
                + " policy=email.policy.default); a = list(m.iter_attachments())[0];"
                + " sys.stdout.buffer.write((a.get_filename() + '\\n' + a.get_content_type() + '\\n'"
                + " + a['content-type'].params['name']).encode())";
        List<String> lines = run("python3", "-c", script, mail(name.get(0)).toString()).lines().toList();
        assertEquals(name.get(0), lines.get(0));
        assertEquals(name.get(0), lines.get(2));
    }

    @ParameterizedTest
    @MethodSource("names")
    void mime4jReadsTheNameAsItWasWritten(List<String> name) throws Exception {
        assertEquals(name.get(0), Mime4j.attachmentName(Files.readAllBytes(mail(name.get(0)))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void reformimeReadsTheNameAsItWasWritten(List<String> name) throws Exception {
        needs("reformime", "maildrop");
        List<String> lines = runOn(mail(name.get(0)), "reformime", "-i", "-s", "1.2").lines().toList();
        assertTrue(lines.contains("content-name: " + name.get(0)), lines.toString());
        assertTrue(lines.contains("content-disposition-filename: " + name.get(0)), lines.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void ripmimeWritesAFileOfThatName(List<String> name) throws Exception {
        needs("ripmime", "ripmime");
        Path files = Files.createDirectory(folder.resolve("ripmime"));
        run("ripmime", "-i", mail(name.get(0)).toString(), "-d", files.toString());
        assertWritten(files, name.get(0));
    }

    /** Munpack knows no RFC 2231, and writes no file whose name a shell could take for more than a name. */
    @ParameterizedTest
    @MethodSource("names")
    void munpackWritesAFileOfTheNameForOldReaders(List<String> name) throws Exception {
        needs("munpack", "mpack");
        Path files = Files.createDirectory(folder.resolve("munpack"));
        run("munpack", "-q", "-C", files.toString(), mail(name.get(0)).toString());
        assertWritten(files, name.get(1).replaceAll("[^A-Za-z0-9._=+,@#%:-]", "X"));
    }

    private static void assertWritten(Path files, String name) throws Exception {
        List<String> written = new ArrayList<>();
        try (Stream<Path> all = Files.list(files)) {
            all.forEach(file -> written.add(file.getFileName().toString()));
        }
        assertTrue(written.contains(name), name + " is not among " + written);
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(files.resolve(name)));
    }

    @Test
    void aSectionEndsBetweenTwoCharacters() throws Exception {
        for (int before = 0; before < 12; before++) {
            String name = "n".repeat(before) + "ü日😀".repeat(12) + ".pdf";
            String mail = Files.readString(mail(name));
            var section = Pattern.compile("filename\\*(\\d+)\\*=(?:UTF-8'')?([^;\r]*)").matcher(mail);
            StringBuilder whole = new StringBuilder();
            for (int number = 0; section.find(); number++) {
                assertEquals(number, Integer.parseInt(section.group(1)), mail);
                String part = URLDecoder.decode(section.group(2), StandardCharsets.UTF_8);
                assertFalse(part.contains("\ufffd"), mail);
                whole.append(part);
            }
            assertEquals(name, whole.toString());
            assertEquals(name, Mime4j.attachmentName(mail.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void propertiesOfTheJvmDoNotChangeAByte() throws Exception {
        String before = masked(mail("Übung.pdf"));
        List<String> properties = List.of("mail.mime.encodeparameters", "mail.mime.encodefilename",
                "mail.mime.splitlongparameters", "mail.mime.foldtext", "mail.mime.parameters.strict");
        try {
            for (String value : List.of("false", "true")) {
                properties.forEach(property -> System.setProperty(property, value));
                assertEquals(before, masked(mail("Übung.pdf")));
            }
        } finally {
            properties.forEach(System::clearProperty);
        }
    }

    private static String masked(Path mail) throws Exception {
        return Files.readString(mail).replaceAll("Message-ID: .*", "").replaceAll("=_[0-9a-v]{24}", "");
    }

    private static void needs(String program, String debianPackage) {
        boolean there = Stream.of("/usr/bin", "/usr/local/bin").anyMatch(
                directory -> Files.isExecutable(Path.of(directory, program)));
        Required.orSkip(there ? Optional.empty()
                : Optional.of("no " + program + ": run apt-get install " + debianPackage));
    }

    private String runOn(Path mail, String... command) throws Exception {
        assertTrue(Files.isReadable(mail));
        return run(command);
    }

    private String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile())
                .redirectInput(folder.resolve("mail").toFile());
        process.environment().put("LC_ALL", "C.UTF-8");
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, running.waitFor(), said);
        return said;
    }
}
