package dev.mailroom.listening;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the mailbox of a {@link dev.mailroom.receiving.MailListener} that is a CDI bean or a session bean. A mailbox
 * has one listener. One that the configuration does not have stops the deployment.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface FromMailbox {
    /** The name in {@code mailroom.mailbox.<name>.*}. */
    String value();
}
