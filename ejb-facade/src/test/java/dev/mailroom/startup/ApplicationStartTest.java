package dev.mailroom.startup;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ApplicationStartTest {
    private final ApplicationStart start = new ApplicationStart();

    private boolean runsElsewhere() {
        return CompletableFuture.supplyAsync(start::runsHere, command -> new Thread(command).start()).join();
    }

    @Test
    void theThreadThatDeploysStartsTheApplicationUntilTheFirstServletRequest() {
        assertFalse(start.runsHere());
        start.deployed(null);
        start.initialized(new Object());
        assertTrue(start.runsHere());
        start.served(null);
        assertFalse(start.runsHere(), "it may be one that serves requests afterwards");
        start.initialized(new Object());
        assertFalse(start.runsHere());
    }

    @Test
    void theThreadThatStartsTheWebPartStartsTheApplicationToo() {
        start.deployed(null);
        CompletableFuture.runAsync(() -> {
            start.initialized(new Object());
            assertTrue(start.runsHere());
        }, command -> new Thread(command).start()).join();
        assertTrue(start.runsHere());
    }

    @Test
    void timersAndAsynchronousMethodsAreNotPartOfTheStart() {
        start.deployed(null);
        assertFalse(runsElsewhere());
    }

    @Test
    void aStartupBeanIsPartOfTheStartOnWhicheverThreadItIsMade() {
        start.startupBeans().add(Outer.class, "", true, List.of());
        start.startupBeans().add(Inner.class, "", true, List.of());
        start.served(null);
        assertTrue(start.enter(Outer.class));
        assertTrue(start.runsHere());
        assertFalse(runsElsewhere());
        assertFalse(start.enter(Inner.class), "the outer one has asked for it, and ends the part of the start");
        start.leave();
        assertFalse(start.runsHere());
    }

    @Test
    void aSingletonThatIsMadeForARequestIsNotPartOfTheStart() {
        start.startupBeans().add(Outer.class, "", true, List.of());
        start.startupBeans().add(Inner.class, "", false, List.of());
        assertFalse(start.enter(Inner.class));
        assertFalse(start.runsHere());
    }

    @Test
    void whatAStartupBeanDependsOnIsPartOfTheStartHoweverFarAway() {
        start.startupBeans().add(Outer.class, "", true, List.of("other.jar#Middle"));
        start.startupBeans().add(Integer.class, "Middle", false, List.of("Inner", "Outer"));
        start.startupBeans().add(Inner.class, "", false, List.of("Middle"));
        assertTrue(start.enter(new Inner() { }.getClass()), "as a container derives it");
        start.leave();
    }

    private static final class Outer {
    }

    private static class Inner {
    }
}
