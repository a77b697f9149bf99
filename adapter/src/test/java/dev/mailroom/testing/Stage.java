package dev.mailroom.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What all parts of one connection's dialogue share; here the script is asked before a default is done. */
final class Stage {
    final ServerSettings settings;
    final ConnectionLog log;
    final ServerWire wire;
    private final Script script;
    private final int[] counts = new int[Step.values().length];

    Stage(ServerSettings settings, Script script, ConnectionLog log, ServerWire wire) {
        this.settings = settings;
        this.script = script;
        this.log = log;
        this.wire = wire;
    }

    /** What the script wants at this occasion; counts the occasion, so it is asked once each time. */
    Optional<Action> scripted(Step step, String argument) {
        return script.at(new Occasion(step, argument, log.number(), ++counts[step.ordinal()]));
    }

    /** Does what the script wants, else gives that reply; the reply code that counts. */
    int perform(Step step, String argument, String... defaultReply) throws IOException {
        Action action = scripted(step, argument).orElseGet(() -> Action.reply(defaultReply));
        action.perform(wire);
        return action.code();
    }

    /** A reply that cannot be scripted. */
    void say(String line) throws IOException {
        wire.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
