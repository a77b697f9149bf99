package dev.mailroom.console.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.BindException;
import java.util.List;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
    private static final Exception UNDEPLOYED = new NameNotFoundException("StartBanner not found");

    @Test
    void aMistakeInTheConfigurationIsOneSentence() {
        Exception wrong = new IllegalStateException("deployment failed", new IllegalArgumentException(
                "mailroom.pool.max-total must be 1 or more, was -3"));
        String text = new StartFailure(List.of(wrong, new RuntimeException(wrong), UNDEPLOYED)).explain();
        assertEquals("\nMailroom did not start:\n  mailroom.pool.max-total must be 1 or more, was -3\n", text);
    }

    @Test
    void aBusyPortIsExplainedWithTheOptionThatHelps() {
        String text = new StartFailure(List.of(new RuntimeException(new BindException("Address already in use"))))
                .explain();
        assertTrue(text.contains("--port"), text);
        assertFalse(text.contains("\tat "), text);
    }

    @Test
    void whatIsNotRecognisedComesWithItsStackTrace() {
        String text = new StartFailure(List.of(new IllegalStateException("at dev.mailroom.console.X: broken"),
                UNDEPLOYED)).explain();
        assertTrue(text.contains("dev.mailroom.console.X: broken"), text);
        assertTrue(text.contains("\tat "), text);
        assertFalse(text.contains("StartBanner"), text);
    }
}
