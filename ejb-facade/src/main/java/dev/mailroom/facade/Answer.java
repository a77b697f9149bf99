package dev.mailroom.facade;

import java.util.Objects;
import java.util.Optional;

/**
 * What a mail function answers.
 *
 * @param value its result
 * @param error what {@code errorInfo()} tells afterwards; empty = nothing went wrong
 */
record Answer<T>(T value, Optional<MailError> error) {
    Answer {
        Objects.requireNonNull(value, "value");
    }

    Answer(T value, MailError error) {
        this(value, Optional.of(error));
    }

    static <T> Answer<T> of(T value) {
        return new Answer<>(value, Optional.empty());
    }
}
