package dev.mailroom.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** What a scripted mailbox does instead of its usual answer to a command. */
@FunctionalInterface
public interface StoreScript {
    /** Does it; false = the usual answer follows. */
    boolean play(ServerWire wire, String tag) throws IOException;

    /** Does this and then the other. */
    default StoreScript then(StoreScript next) {
        return (wire, tag) -> {
            play(wire, tag);
            return next.play(wire, tag);
        };
    }

    /** Waits until the client sends something more. */
    static StoreScript hear() {
        return (wire, tag) -> {
            wire.readByte(false);
            return true;
        };
    }

    /** Says that; {@code {tag}} stands for the tag of IMAP's command. */
    static StoreScript say(String text) {
        return (wire, tag) -> {
            wire.write(text.replace("{tag}", tag).getBytes(ISO_8859_1));
            wire.flush();
            return true;
        };
    }

    /**
     * Judges an access token that comes with the AUTH or AUTHENTICATE command; a refusal has its reason in a challenge
     * first, as JSON.
     *
     * @param accepted tells by the decoded response
     */
    static StoreScript bearer(ScriptedMailbox mailbox, boolean pop3, Predicate<String> accepted) {
        return (wire, tag) -> {
            String line = mailbox.lines().get(mailbox.lines().size() - 1);
            String shown = line.substring(line.lastIndexOf(' ') + 1);
            if (accepted.test(new String(Base64.getDecoder().decode(shown), ISO_8859_1))) {
                return say((pop3 ? "+OK in" : "{tag} OK in") + "\r\n").play(wire, tag);
            }
            String why = Base64.getEncoder().encodeToString("{\"status\":\"invalid_token\"}".getBytes(ISO_8859_1));
            say("+ " + why + "\r\n").play(wire, tag);
            wire.readLine();
            return say((pop3 ? "-ERR [AUTH] no" : "{tag} NO [AUTHENTICATIONFAILED] no") + "\r\n").play(wire, tag);
        };
    }

    /** Says that and hangs up. */
    static StoreScript sayAndCut(String text) {
        return (wire, tag) -> {
            say(text).play(wire, tag);
            wire.cut();
            return true;
        };
    }

    /** Says that and then the usual. */
    static StoreScript sayBefore(String text) {
        return (wire, tag) -> {
            say(text).play(wire, tag);
            return false;
        };
    }

    /** Says that, and after it the same piece again and again, as long as somebody listens. */
    static StoreScript sayForever(String text, String piece) {
        return (wire, tag) -> {
            say(text).play(wire, tag);
            byte[] more = piece.repeat(64).getBytes(ISO_8859_1);
            while (true) {
                wire.write(more);
            }
        };
    }

    /** The script the first time, and from then on the usual. */
    static StoreScript once(StoreScript script) {
        AtomicBoolean played = new AtomicBoolean();
        return (wire, tag) -> !played.getAndSet(true) && script.play(wire, tag);
    }

    /** The usual. */
    static StoreScript usual() {
        return (wire, tag) -> false;
    }

    /** Hangs up. */
    static StoreScript cut() {
        return sayAndCut("");
    }

    /** Says nothing, and does not hang up. */
    static StoreScript silence() {
        return (wire, tag) -> {
            wire.silence();
            return true;
        };
    }
}
