package dev.mailroom.cdi;

import static dev.mailroom.cdi.MailroomKeys.LEAK_AFTER;
import static dev.mailroom.cdi.MailroomKeys.LEAK_STACKS;
import static dev.mailroom.cdi.MailroomKeys.MAX_CONNECTIONS;
import static dev.mailroom.cdi.MailroomKeys.MAX_TOTAL;
import static dev.mailroom.cdi.MailroomKeys.MIN_IDLE;
import static dev.mailroom.cdi.MailroomKeys.REPLY;
import static dev.mailroom.cdi.MailroomKeys.REPLY_CEILING;
import static dev.mailroom.cdi.MailroomKeys.TRUST_STORE;
import static dev.mailroom.cdi.MailroomKeys.TRUST_STORE_PASSWORD;
import static dev.mailroom.cdi.MailroomKeys.TRUST_STORE_PASSWORD_FILE;

import dev.mailroom.configuration.ConfigurationKey;
import dev.mailroom.configuration.ConfigurationValues;

/** Values that contradict each other although each is valid by itself. Nothing is silently adjusted. */
final class Contradictions {
    private Contradictions() {
    }

    static void report(ConfigurationValues values, int warm, Problems problems) {
        if (values.get(MIN_IDLE) > values.get(MAX_CONNECTIONS)) {
            problems.add(both(values, MIN_IDLE, "exceeds", MAX_CONNECTIONS) + ": expected at most as many");
        }
        // Where only the total is lowered it simply wins over the default for one session.
        if (values.isSet(MAX_CONNECTIONS) && values.get(MAX_CONNECTIONS) > values.get(MAX_TOTAL)) {
            problems.add(both(values, MAX_CONNECTIONS, "exceeds", MAX_TOTAL) + ": expected at most as many");
        }
        if (warm > values.get(MAX_TOTAL)) {
            problems.add("the named sessions want " + warm + " connections kept warm (min-idle), which exceeds "
                    + shown(values, MAX_TOTAL) + ": expected at most as many");
        }
        if (values.get(REPLY).compareTo(values.get(REPLY_CEILING)) > 0) {
            problems.add(both(values, REPLY, "exceeds", REPLY_CEILING) + ": expected at most as long");
        }
        if (values.get(LEAK_STACKS) && values.get(LEAK_AFTER).isZero()) {
            problems.add(shown(values, LEAK_STACKS) + " although " + shown(values, LEAK_AFTER)
                    + " switches leak detection off: expected a time there");
        }
        if (values.isSet(TRUST_STORE_PASSWORD) && values.isSet(TRUST_STORE_PASSWORD_FILE)) {
            problems.add(TRUST_STORE_PASSWORD + " and " + TRUST_STORE_PASSWORD_FILE
                    + " are both set: expected one of them");
        }
        if ((values.isSet(TRUST_STORE_PASSWORD) || values.isSet(TRUST_STORE_PASSWORD_FILE))
                && !values.isSet(TRUST_STORE)) {
            problems.add((values.isSet(TRUST_STORE_PASSWORD) ? TRUST_STORE_PASSWORD : TRUST_STORE_PASSWORD_FILE)
                    + " is set without " + TRUST_STORE + ": expected the file that it opens");
        }
    }

    private static <T> String both(
            ConfigurationValues values, ConfigurationKey<T> one, String relation, ConfigurationKey<T> other) {
        return shown(values, one) + " " + relation + " " + shown(values, other);
    }

    private static <T> String shown(ConfigurationValues values, ConfigurationKey<T> key) {
        return key + " = " + key.type().print(values.get(key)) + (values.isSet(key) ? "" : " (the default)");
    }
}
