package dev.mailroom.configuration;

import java.util.Locale;

/** Names of constants as administrators write them. */
final class Words {
    private Words() {
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
