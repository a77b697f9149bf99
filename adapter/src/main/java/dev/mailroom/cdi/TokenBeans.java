package dev.mailroom.cdi;

import dev.mailroom.Secret;
import dev.mailroom.secret.NamedTokenSupplier;
import dev.mailroom.session.NamedSession;
import java.util.List;
import java.util.Optional;

/** Gives the application's token suppliers to the named sessions that they serve. */
final class TokenBeans {
    private final List<NamedTokenSupplier> beans;

    TokenBeans(List<NamedTokenSupplier> beans) {
        this.beans = beans;
    }

    /**
     * The sessions, those that are served with the tokens of their bean.
     *
     * @throws IllegalArgumentException if a bean fits no session, or no session alone
     */
    List<NamedSession> on(List<NamedSession> sessions) {
        for (NamedTokenSupplier bean : beans) {
            if (sessions.stream().noneMatch(session -> session.name().equals(bean.name()))) {
                throw new IllegalArgumentException("the token supplier " + bean.getClass().getName()
                        + " serves the session \"" + bean.name() + "\", which the configuration does not have: expected"
                        + " mailroom.session." + bean.name() + ".server");
            }
        }
        return sessions.stream().map(this::on).toList();
    }

    private NamedSession on(NamedSession session) {
        List<NamedTokenSupplier> serving = beans.stream().filter(bean -> bean.name().equals(session.name())).toList();
        boolean other = session.settings().secret().kind() != Secret.Kind.NONE;
        if (serving.size() > 1 || other && !serving.isEmpty()) {
            throw new IllegalArgumentException("the session \"" + session.name() + "\" has the token supplier "
                    + serving.get(0).getClass().getName() + (other ? " and a secret in the configuration"
                    : " and the token supplier " + serving.get(1).getClass().getName()) + ": expected one of them");
        }
        Optional<NamedTokenSupplier> supplier = serving.stream().findFirst();
        return supplier.map(bean -> new NamedSession(session.name(),
                session.settings().withSecret(Secret.supplied(bean)), session.asynchronous(), session.roles(),
                session.defaults()))
                .orElse(session);
    }
}
