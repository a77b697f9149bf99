package dev.mailroom.testing;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** AUTH on one connection (RFC 4954): what is offered, who is authenticated. */
final class Authentication {
    private final Stage stage;
    private final AuthExchange exchange;
    private String user = "";

    Authentication(Stage stage) {
        this.stage = stage;
        this.exchange = new AuthExchange(stage.wire, stage.settings);
    }

    /** Empty = nobody. */
    String user() {
        return user;
    }

    void forget() {
        user = "";
    }

    boolean offered(boolean secure) {
        return !stage.settings.mechanisms().isEmpty() && (secure || stage.settings.authBeforeTls());
    }

    /** @param possibleNow whether it is offered and no mail transaction is under way */
    void run(String line, boolean possibleNow) throws IOException {
        String[] words = line.split(" ", 3);
        String mechanism = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String initial = words.length > 2 ? words[2] : "";
        Optional<Action> scripted = stage.scripted(Step.AUTH, mechanism);
        if (scripted.isPresent()) {
            decided(new AuthAttempt(mechanism, AuthExchange.userIn(mechanism, initial), "",
                    scripted.get().code() == 235));
            scripted.get().perform(stage.wire);
        } else if (!possibleNow || !user.isEmpty()) {
            stage.say("503 5.5.1 AUTH is not possible now");
        } else if (!stage.settings.mechanisms().contains(mechanism)) {
            stage.say("504 5.5.4 Unknown mechanism");
        } else {
            authenticate(mechanism, initial);
        }
    }

    private void authenticate(String mechanism, String initial) throws IOException {
        Optional<AuthExchange.Credentials> given = exchange.run(mechanism, initial);
        if (given.isEmpty()) {
            decided(new AuthAttempt(mechanism, "", "", false));
            stage.say("501 5.5.2 Cancelled, or not understood");
            return;
        }
        boolean known = exchange.accepts(mechanism, given.get());
        Optional<Action> scripted = stage.scripted(Step.CREDENTIALS, mechanism);
        boolean accepted = scripted.map(action -> action.code() == 235).orElse(known);
        decided(new AuthAttempt(mechanism, given.get().user(), given.get().secret(), accepted));
        if (scripted.isPresent()) {
            scripted.get().perform(stage.wire);
        } else if (known) {
            stage.say("235 2.7.0 Authenticated");
        } else {
            exchange.explainRefusal(mechanism);
            stage.say("535 5.7.8 Wrong user name or password");
        }
    }

    /** Recorded before the reply leaves, so whoever reads the reply finds the attempt. */
    private void decided(AuthAttempt attempt) {
        stage.log.auth(attempt);
        if (attempt.accepted()) {
            user = attempt.user();
        }
    }
}
