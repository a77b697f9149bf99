package dev.mailroom.it.house;

import java.util.List;
import java.util.Optional;

/** Every package of Mailroom, the lowest first: arrows run to packages that stand before. */
final class House {
    static final String ROOT = "dev.mailroom";

    private static final String CONNECTORS = "jakarta.resource";
    private static final List<String> MAIL = List.of("jakarta.mail", "jakarta.activation", "org.eclipse.angus.mail");
    private static final List<String> CDI = List.of(
            "jakarta.annotation", "jakarta.enterprise", "jakarta.inject", "org.eclipse.microprofile.config");
    private static final List<String> EJB = List.of("jakarta.annotation", "jakarta.ejb", "jakarta.enterprise",
            "jakarta.inject", "jakarta.security.enterprise", "jakarta.transaction", "org.eclipse.microprofile");

    private static final List<String> REST = List.of("jakarta.json", "jakarta.servlet", "jakarta.ws.rs");

    static final List<Place> PLACES = List.of(
            new Place("adapter", ROOT, List.of(), List.of(CONNECTORS)),
            new Place("adapter", "dev.mailroom.sevenbit", List.of(ROOT), MAIL),
            new Place("adapter", "dev.mailroom.smtp", List.of(ROOT, "dev.mailroom.sevenbit"), List.of()),
            new Place("adapter", "dev.mailroom.transport", List.of(ROOT, "dev.mailroom.smtp"), MAIL),
            new Place("adapter", "dev.mailroom.pool", List.of(ROOT), List.of()),
            new Place("adapter", "dev.mailroom.connector",
                    List.of(ROOT, "dev.mailroom.pool", "dev.mailroom.transport"), List.of(CONNECTORS)),
            new Place("adapter", "dev.mailroom.session", List.of(ROOT), List.of()),
            // JMX interfaces must be public: a package of their own keeps them apart from the connector's contracts.
            new Place("adapter", "dev.mailroom.jmx", List.of(ROOT), List.of()),
            new Place("adapter", "dev.mailroom.cdi",
                    List.of(ROOT, "dev.mailroom.jmx", "dev.mailroom.transport", "dev.mailroom.pool",
                            "dev.mailroom.connector",
                            "dev.mailroom.session"),
                    CDI),
            new Place("ejb-facade", "dev.mailroom.mime", List.of(ROOT), MAIL),
            new Place("ejb-facade", "dev.mailroom.spool", List.of(ROOT),
                    concat(EJB, "java.sql", "javax.sql", "org.h2")),
            new Place("ejb-facade", "dev.mailroom.facade",
                    List.of(ROOT, "dev.mailroom.mime", "dev.mailroom.spool"), EJB),
            // Loaded only where the server has the APIs: nothing else may name them.
            new Place("ejb-facade", "dev.mailroom.microprofile", List.of(ROOT), EJB),
            new Place("console", "dev.mailroom.console", List.of(ROOT), CDI),
            new Place("console", "dev.mailroom.console.problem",
                    List.of(ROOT, "dev.mailroom.facade", "dev.mailroom.spool"), REST),
            new Place("console", "dev.mailroom.console.security",
                    List.of(ROOT, "dev.mailroom.facade", "dev.mailroom.console"),
                    concat(CDI, "jakarta.security.enterprise", "jakarta.servlet")),
            new Place("console", "dev.mailroom.console.mailbox", List.of("dev.mailroom.console"),
                    concat(CDI, "com.icegreen.greenmail", "jakarta.mail")),
            new Place("console", "dev.mailroom.console.rest",
                    List.of(ROOT, "dev.mailroom.facade", "dev.mailroom.spool", "dev.mailroom.console",
                            "dev.mailroom.console.problem", "dev.mailroom.console.mailbox"),
                    concat(CDI, REST)),
            new Place("console", "dev.mailroom.console.start",
                    List.of("dev.mailroom.console", "dev.mailroom.console.security", "dev.mailroom.console.mailbox"),
                    EJB),
            // Outside of the application: on the class path of the server that it starts.
            new Place("console", "dev.mailroom.console.launch", List.of(), List.of("fish.payara.micro")));

    private House() {
    }

    static Optional<Place> place(String name) {
        return PLACES.stream().filter(place -> place.name().equals(name)).findFirst();
    }

    static boolean jdk(String name) {
        boolean database = name.equals("java.sql") || name.equals("javax.sql");
        return (name.startsWith("java.") || name.startsWith("javax.") || name.startsWith("com.sun.net.")) && !database;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return concat(some, more.toArray(String[]::new));
    }

    private static List<String> concat(List<String> some, String... more) {
        return java.util.stream.Stream.concat(some.stream(), java.util.stream.Stream.of(more)).toList();
    }
}
