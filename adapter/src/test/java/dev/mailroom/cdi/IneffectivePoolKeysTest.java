package dev.mailroom.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mailroom.configuration.ConfigurationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IneffectivePoolKeysTest {
    private static final String[] SERVERS_POOL = {"mailroom.connection-factory", "eis/mail"};
    private static final Map<String, String> VALUES_BY_TYPE = Map.of("number", "1", "duration", "1s", "on, off", "on");

    @Test
    void oneLineNamesEveryKeyWithoutEffectAndWhatToUseInstead() {
        assertEquals(List.of("MR0402 the application server pools the connections of eis/mail"
                + " (mailroom.connection-factory), where these keys have no effect:"
                + " mailroom.pool.max-wait (instead: max-wait-time-in-millis);"
                + " mailroom.session.news.max-connections (instead: max-pool-size, for all sessions together);"
                + " idle-timeout of mailroom.session.ses.preset (instead: idle-timeout-in-seconds)."
                + " Its pool's attributes are set with"
                + " asadmin set resources.connector-connection-pool.<pool>.<attribute>=<value>, or as properties"
                + " org.glassfish.connector-connection-pool.<attribute> of a @ConnectionFactoryDefinition"),
                warnings("mailroom.pool.max-wait", "1s", "mailroom.timeout.connect", "1s",
                        "mailroom.session.news.server", "mail", "mailroom.session.news.max-connections", "2",
                        "mailroom.session.news.timeout.reply", "1m",
                        "mailroom.session.ses.preset", "amazon-ses", "mailroom.session.ses.server", "mail"));
    }

    @Test
    void noKeyOfThePoolIsForgotten() {
        Stream<ConfigurationKey<?>> ofASession = SessionKeys.ALL.stream()
                .filter(key -> key.meaning().contains("`mailroom.pool.") && key != SessionKeys.MAX_USES);
        List<String> settings = new ArrayList<>();
        Stream.concat(MailroomKeys.POOL_KEYS.stream(), ofASession).forEach(key -> settings.addAll(
                List.of(key.name().replace("<name>", "news"), VALUES_BY_TYPE.get(key.type().name()))));
        settings.addAll(List.of("mailroom.session.news.server", "mail"));
        String warning = warnings(settings.toArray(String[]::new)).get(0);
        for (int i = 0; i < settings.size() - 2; i += 2) {
            assertTrue(warning.contains(" " + settings.get(i) + " (instead: "), settings.get(i));
        }
        assertEquals(MailroomKeys.POOL_KEYS.size() + 5, settings.size() / 2 - 1);
    }

    @Test
    void whatHasAnEffectIsNotWarnedOf() {
        assertEquals(List.of(), warnings("mailroom.timeout.send", "1m", "mailroom.pool.max-uses", "9",
                "mailroom.session.news.server", "mail", "mailroom.session.news.max-uses", "8"));
        assertEquals(List.of(), Reading.read(MapConfig.of("mailroom.pool.max-wait", "1s")).warnings());
    }

    private static List<String> warnings(String... settings) {
        List<String> all = new ArrayList<>(List.of(SERVERS_POOL));
        all.addAll(List.of(settings));
        return Reading.read(MapConfig.of(all.toArray(String[]::new))).warnings();
    }
}
