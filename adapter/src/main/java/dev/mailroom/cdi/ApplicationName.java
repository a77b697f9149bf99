package dev.mailroom.cdi;

import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the server calls this application (Jakarta EE platform, section 5.15), so that two can be told apart. */
final class ApplicationName {
    private ApplicationName() {
    }

    static String find() {
        for (String place : new String[] {"java:app/AppName", "java:module/ModuleName"}) {
            try {
                if (new InitialContext().lookup(place) instanceof String name && !name.isBlank()) {
                    return name;
                }
            } catch (NamingException e) {
                // then the next place; outside an application server there is neither
            }
        }
        return "mailroom";
    }
}
