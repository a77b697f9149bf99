package dev.mailroom.it.house;

import java.util.List;
import java.util.Optional;

/** Every package of Mailroom, the lowest first: arrows run to packages that stand before. */
final class House {
    static final String ROOT = "dev.mailroom";

    private static final String CONFIGURATION = "dev.mailroom.configuration";
    private static final String SECRET = "dev.mailroom.secret";
    private static final String RECEIVING = "dev.mailroom.receiving";
    private static final String ARRIVAL = "dev.mailroom.arrival";
    private static final String SPOOL = "dev.mailroom.spool";

    private static final String CONNECTORS = "jakarta.resource";
    private static final List<String> CDI = List.of(
            "jakarta.annotation", "jakarta.enterprise", "jakarta.inject", "org.eclipse.microprofile.config");
    private static final List<String> EJB = List.of("jakarta.annotation", "jakarta.ejb", "jakarta.enterprise",
            "jakarta.inject", "jakarta.security.enterprise", "jakarta.transaction", "org.eclipse.microprofile");

    private static final List<String> REST = List.of("jakarta.json", "jakarta.servlet", "jakarta.ws.rs");

    static final List<Place> PLACES = List.of(
            new Place("adapter", SECRET, List.of(), List.of()),
            new Place("adapter", ROOT, List.of(SECRET), List.of(CONNECTORS)),
            new Place("adapter", CONFIGURATION, List.of(ROOT, SECRET), List.of()),
            new Place("adapter", "dev.mailroom.oauth", List.of(ROOT, SECRET), List.of()),
            new Place("adapter", "dev.mailroom.sevenbit", List.of(ROOT), List.of()),
            new Place("adapter", "dev.mailroom.smtp", List.of(ROOT, "dev.mailroom.sevenbit"), List.of()),
            new Place("adapter", "dev.mailroom.transport",
                    List.of(ROOT, SECRET, "dev.mailroom.oauth", "dev.mailroom.smtp"), List.of()),
            new Place("adapter", RECEIVING, List.of(ROOT), List.of(CONNECTORS)),
            new Place("adapter", ARRIVAL, List.of(ROOT, RECEIVING), List.of()),
            new Place("adapter", "dev.mailroom.store", List.of(ROOT, RECEIVING, "dev.mailroom.transport"), List.of()),
            new Place("adapter", "dev.mailroom.pool", List.of(ROOT), List.of()),
            new Place("adapter", "dev.mailroom.watch", List.of(ROOT, "dev.mailroom.pool"), List.of()),
            new Place("adapter", "dev.mailroom.connector",
                    List.of(ROOT, SECRET, RECEIVING, ARRIVAL, "dev.mailroom.pool", "dev.mailroom.transport",
                            "dev.mailroom.store", "dev.mailroom.watch"),
                    List.of(CONNECTORS, "jakarta.transaction")),
            new Place("adapter", "dev.mailroom.standalone",
                    List.of(ROOT, RECEIVING, "dev.mailroom.pool", "dev.mailroom.transport", "dev.mailroom.store",
                            "dev.mailroom.watch", "dev.mailroom.connector"),
                    List.of()),
            new Place("adapter", "dev.mailroom.session", List.of(ROOT, RECEIVING, CONFIGURATION), List.of()),
            new Place("adapter", "dev.mailroom.staging", List.of(ROOT), List.of()),
            // JMX interfaces must be public: a package of their own keeps them apart from the connector's contracts.
            new Place("adapter", "dev.mailroom.jmx", List.of(ROOT, RECEIVING), List.of()),
            new Place("adapter", "dev.mailroom.cdi",
                    List.of(ROOT, SECRET, RECEIVING, CONFIGURATION, "dev.mailroom.oauth", "dev.mailroom.jmx",
                            "dev.mailroom.transport", "dev.mailroom.store", "dev.mailroom.pool", "dev.mailroom.watch",
                            "dev.mailroom.connector", "dev.mailroom.session", "dev.mailroom.staging"),
                    CDI),
            new Place("ejb-facade", "dev.mailroom.idna", List.of(), List.of()),
            new Place("ejb-facade", "dev.mailroom.mime", List.of(ROOT, "dev.mailroom.idna"), List.of()),
            new Place("ejb-facade", "dev.mailroom.parsing", List.of(), List.of()),
            new Place("ejb-facade", "dev.mailroom.bounces", List.of("dev.mailroom.parsing"), List.of()),
            new Place("ejb-facade", "dev.mailroom.reading", List.of(ROOT, RECEIVING, "dev.mailroom.parsing"),
                    List.of()),
            new Place("ejb-facade", SPOOL, List.of(ROOT, CONFIGURATION, ARRIVAL), List.of("java.sql")),
            new Place("ejb-facade", SPOOL + ".jdbc", List.of(ROOT, RECEIVING, ARRIVAL, SPOOL),
                    List.of("java.sql", "javax.sql")),
            new Place("ejb-facade", SPOOL + ".embedded", List.of(SPOOL),
                    List.of("java.sql", "javax.sql", "org.h2")),
            new Place("ejb-facade", SPOOL + ".jta", List.of(), List.of("jakarta.transaction", "java.sql", "javax.sql")),
            new Place("ejb-facade", SPOOL + ".drain", List.of(ROOT, ARRIVAL, SPOOL), List.of("java.sql")),
            new Place("ejb-facade", SPOOL + ".service",
                    List.of(ROOT, CONFIGURATION, ARRIVAL, SPOOL, SPOOL + ".jdbc", SPOOL + ".embedded",
                            SPOOL + ".jta", SPOOL + ".drain"),
                    concat(EJB, "java.sql", "javax.sql")),
            new Place("ejb-facade", "dev.mailroom.listening",
                    List.of(ROOT, CONFIGURATION, RECEIVING, ARRIVAL, "dev.mailroom.bounces", SPOOL,
                            SPOOL + ".service"), EJB),
            new Place("ejb-facade", "dev.mailroom.startup", List.of(),
                    concat(EJB, "jakarta.interceptor", "jakarta.servlet")),
            new Place("ejb-facade", "dev.mailroom.facade.option", List.of(RECEIVING), List.of()),
            new Place("ejb-facade", "dev.mailroom.facade.request",
                    List.of(ROOT, "dev.mailroom.mime", "dev.mailroom.parsing"), List.of()),
            new Place("ejb-facade", "dev.mailroom.facade.fields",
                    List.of("dev.mailroom.mime", "dev.mailroom.parsing", "dev.mailroom.reading", SPOOL), List.of()),
            new Place("ejb-facade", "dev.mailroom.facade.auth", List.of(ROOT, SECRET, "dev.mailroom.oauth"),
                    List.of()),
            new Place("ejb-facade", "dev.mailroom.facade",
                    List.of(ROOT, RECEIVING, "dev.mailroom.mime", "dev.mailroom.parsing", "dev.mailroom.reading", SPOOL,
                            SPOOL + ".service", "dev.mailroom.startup", "dev.mailroom.facade.option",
                            "dev.mailroom.facade.request", "dev.mailroom.facade.auth", "dev.mailroom.facade.fields",
                            SECRET), EJB),
            // For containers without EJBs: nothing else may name it.
            new Place("ejb-facade", "dev.mailroom.se",
                    List.of(ROOT, SPOOL, SPOOL + ".service", "dev.mailroom.facade"), EJB),
            // Loaded only where the server has the APIs: nothing else may name them.
            new Place("ejb-facade", "dev.mailroom.microprofile", List.of(ROOT, SPOOL + ".service"), EJB),
            new Place("console", "dev.mailroom.console", List.of(ROOT, CONFIGURATION), CDI),
            new Place("console", "dev.mailroom.console.problem",
                    List.of(ROOT, "dev.mailroom.facade", SPOOL), REST),
            new Place("console", "dev.mailroom.console.security",
                    List.of(ROOT, "dev.mailroom.facade", "dev.mailroom.console"),
                    concat(CDI, "jakarta.security.enterprise", "jakarta.servlet")),
            new Place("console", "dev.mailroom.console.mailbox", List.of("dev.mailroom.console"),
                    concat(CDI, "com.icegreen.greenmail", "jakarta.mail")),
            new Place("console", "dev.mailroom.console.rest",
                    // What is received is passed on as it was taken apart, not through WLanguage's Email.
                    List.of(ROOT, RECEIVING, "dev.mailroom.parsing", "dev.mailroom.reading", "dev.mailroom.facade",
                            SPOOL, "dev.mailroom.console", "dev.mailroom.console.problem",
                            "dev.mailroom.console.mailbox"),
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
