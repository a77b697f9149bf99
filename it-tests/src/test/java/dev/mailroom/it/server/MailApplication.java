package dev.mailroom.it.server;

import dev.mailroom.SmtpSession;
import dev.mailroom.facade.MailFacade;
import dev.mailroom.it.application.Alive;
import dev.mailroom.it.inside.Guest;
import dev.mailroom.it.inside.OwnTrust;
import dev.mailroom.testing.ScriptedSmtpServer;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR under test. */
public final class MailApplication {
    private MailApplication() {
    }

    /** Nothing but Mailroom's jars as libraries, configured as a user would, in its own class path. */
    public static WebArchive bare(String name, Map<String, String> configuration) {
        String properties = configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
                .sorted().collect(Collectors.joining());
        return libraries(name)
                .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** Nothing but Mailroom's jars. */
    public static WebArchive libraries(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addAsLibraries(library(SmtpSession.class), library(MailFacade.class));
    }

    /** The same with an application that does what it is told over HTTP. */
    public static WebArchive war(String name, Map<String, String> configuration) {
        return bare(name, configuration)
                .addPackage(Alive.class.getPackage())
                .addAsLibrary(library(ScriptedSmtpServer.class));
    }

    /** The same with what tests within the container need; the connector trusts the certificates of their servers. */
    public static WebArchive warForTestsInside(String name, Map<String, String> configuration) {
        return war(name, configuration)
                .addPackage(OwnTrust.class.getPackage())
                .addAsServiceProvider(ConfigSource.class, OwnTrust.class);
    }

    /** An application whose tests run within the container and bring other applications there. */
    public static WebArchive host(String name, WebArchive... guests) {
        return host(name, Map.of(), guests);
    }

    /** The same with a configuration of its own. */
    public static WebArchive host(String name, Map<String, String> configuration, WebArchive... guests) {
        WebArchive host = war(name, configuration).addPackage(Guest.class.getPackage()).addClass(Application.class);
        for (WebArchive guest : guests) {
            host.add(guest, "/WEB-INF/classes", ZipExporter.class);
        }
        return host;
    }

    /** What of the adapter an application carries where the server has it as a RAR; stands beside the jar. */
    public static Path besideRar() {
        Path jar = place(SmtpSession.class);
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", "-beside-rar.jar"));
    }

    private static JavaArchive library(Class<?> content) {
        File place = place(content).toFile();
        JavaArchive jar = ShrinkWrap.create(JavaArchive.class, content.getSimpleName() + ".jar");
        return place.isFile()
                ? jar.as(ZipImporter.class).importFrom(place).as(JavaArchive.class)
                : jar.as(ExplodedImporter.class).importDirectory(place).as(JavaArchive.class);
    }

    /** Where a class comes from: a jar in Maven's reactor, a directory of classes in an editor. */
    public static Path place(Class<?> content) {
        try {
            return Path.of(content.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
