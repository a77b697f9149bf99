package dev.mailroom.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mailroom.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTypeTest {
    private static final ConfigurationType<Duration> TIME =
            ConfigurationType.duration(Duration.ofMillis(1), Duration.ofDays(24));

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "10m,PT10M", "2h,PT2H", "7d,PT168H", "PT1M30S,PT90S", "pt5s,PT5S",
        "P1D,PT24H", "' 1s ',PT1S"})
    void durationsAreWrittenShortlyOrAsIso8601(String text, String expected) {
        assertEquals(Duration.parse(expected), TIME.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "25d", "30", "30 s", "1.5s", "-1s", "PT-1S", "s", "PT", "soon", "1w",
        "999999999999d", "9999999999999999999s"})
    void otherDurationsAreRefusedWithTheBoundsAndTheNotation(String text) {
        assertEquals("expected a duration from 1ms to 24d, written like 500ms, 30s, 10m, 2h, 7d or PT1M30S",
                assertThrows(IllegalArgumentException.class, () -> TIME.parse(text)).getMessage());
    }

    @Test
    void zeroNeedsNoUnit() {
        var type = ConfigurationType.duration(Duration.ZERO, Duration.ofDays(1));
        assertEquals(Duration.ZERO, type.parse("0"));
        assertEquals("0", type.print(Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1500ms", "90s", "10m", "36h", "2d"})
    void aDurationIsPrintedAsItWouldBeWritten(String text) {
        assertEquals(text, TIME.print(TIME.parse(text)));
    }

    @ParameterizedTest
    @CsvSource({"512,512", "512KiB,524288", "10mib,10485760", "2GiB,2147483648"})
    void sizesHaveBinaryUnits(String text, long octets) {
        var type = ConfigurationType.size(1, 1L << 40);
        assertEquals(octets, type.parse(text));
        assertEquals(octets, type.parse(type.print(octets)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "11MiB", "10MB", "-1", "999999999999999GiB", ""})
    void otherSizesAreRefused(String text) {
        assertEquals("expected a size from 1 to 10MiB octets, written like 1048576, 512KiB, 10MiB or 2GiB",
                assertThrows(IllegalArgumentException.class, () -> ConfigurationType.size(1, 10 << 20).parse(text))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "66", "4294967297", "1e1", "", "eleven", "99999999999999999999"})
    void numbersOutsideTheirBoundsAreRefused(String text) {
        assertEquals("expected a whole number from 1 to 65",
                assertThrows(IllegalArgumentException.class, () -> ConfigurationType.number(1, 65).parse(text))
                        .getMessage());
    }

    @Test
    void listsAreSeparatedByCommasAndHaveNoHoles() {
        assertEquals(List.of("a", "b c"), ConfigurationType.list().parse(" a , b c "));
        assertThrows(IllegalArgumentException.class, () -> ConfigurationType.list().parse("a,,b"));
    }

    @Test
    void choicesAreWrittenInLowerCaseWithHyphens() {
        var type = ConfigurationType.choice(Secret.Kind.class);
        assertEquals(Secret.Kind.ACCESS_TOKEN, type.parse("access-token"));
        assertEquals("expected one of none, password, access-token",
                assertThrows(IllegalArgumentException.class, () -> type.parse("token")).getMessage());
    }

    @Test
    void switchesUnderstandTrueAndFalseToo() {
        assertEquals(List.of(true, true, false, false),
                List.of("on", "TRUE", "off", "false").stream().map(ConfigurationType.onOff()::parse).toList());
        assertThrows(IllegalArgumentException.class, () -> ConfigurationType.onOff().parse("yes"));
        assertThrows(IllegalArgumentException.class, () -> ConfigurationType.allowRefuse().parse("on"));
    }
}
