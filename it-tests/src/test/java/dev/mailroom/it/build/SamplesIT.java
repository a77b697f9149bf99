package dev.mailroom.it.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.SmtpSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.server.MailApplication;
import dev.mailroom.testing.Documentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples, copied and built as a stranger does: nothing of this build is around but what it installs. */
final class SamplesIT {
    private static final String VERSION = "1.0.0-SNAPSHOT";

    @Test
    void theInvoicingSampleIsBuiltOnItsOwnAndPassesItsTests(@TempDir Path folder) throws Exception {
        Path project = folder.resolve("invoicing");
        copy(Documentation.file("samples/invoicing"), project);
        try (LocalRepository repository = LocalRepository.below(folder.resolve("repository"))) {
            repository.add("mailroom", VERSION, "pom", Documentation.file("pom.xml"));
            repository.add("mailroom-adapter", VERSION, "pom", Documentation.file("adapter/pom.xml"));
            repository.add("mailroom-adapter", VERSION, "jar", MailApplication.place(SmtpSession.class));
            repository.add("mailroom-ejb-facade", VERSION, "pom", Documentation.file("ejb-facade/pom.xml"));
            repository.add("mailroom-ejb-facade", VERSION, "jar", MailApplication.place(MailFacade.class));
            Maven.run(project, List.of("-Dmaven.repo.local=" + repository, "verify"));
        }
        Matcher summary = Pattern.compile("completed>(\\d+)</completed>.*<skipped>(\\d+)<", Pattern.DOTALL)
                .matcher(Files.readString(project.resolve("target/failsafe-reports/failsafe-summary.xml")));
        assertTrue(summary.find());
        assertEquals("3 run, 0 skipped", summary.group(1) + " run, " + summary.group(2) + " skipped");
    }

    @Test
    void thePlainJavaSampleNeedsNeitherContainerNorJakartaMail(@TempDir Path folder) throws Exception {
        Path project = folder.resolve("plain-java");
        copy(Documentation.file("samples/plain-java"), project);
        try (LocalRepository repository = LocalRepository.below(folder.resolve("repository"))) {
            repository.add("mailroom", VERSION, "pom", Documentation.file("pom.xml"));
            repository.add("mailroom-adapter", VERSION, "pom", Documentation.file("adapter/pom.xml"));
            repository.add("mailroom-adapter", VERSION, "jar", MailApplication.place(SmtpSession.class));
            Maven.run(project, List.of("-Dmaven.repo.local=" + repository, "package"));
        }
        String report = Files.readString(
                project.resolve("target/surefire-reports/org.example.notices.NoticesTest.txt"));
        assertTrue(report.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"), report);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(it -> !from.relativize(it).startsWith("target")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
