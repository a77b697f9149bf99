package dev.mailroom.console.security;

import dev.mailroom.console.ConsoleSettings;
import dev.mailroom.facade.SpoolAdministration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/** Knows the console's only user, who administers the spool. */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "Mailroom")
public class ConsoleIdentityStore implements IdentityStore {
    private static final byte[] USER = ConsoleSettings.USER.getBytes(StandardCharsets.UTF_8);
    private static final Set<String> GROUPS = Set.of(ConsoleSettings.USER, SpoolAdministration.ROLE);

    @Inject
    private AdminPassword password;

    /** Made by the container. */
    public ConsoleIdentityStore() {
    }

    ConsoleIdentityStore(AdminPassword password) {
        this.password = password;
    }

    /** Called by the container, by the credential's type. */
    public CredentialValidationResult validate(UsernamePasswordCredential given) {
        boolean user = MessageDigest.isEqual(USER, given.getCaller().getBytes(StandardCharsets.UTF_8));
        // Not &&: a wrong user must take as long as a wrong password.
        return user & password.matches(given.getPasswordAsString())
                ? new CredentialValidationResult(ConsoleSettings.USER, GROUPS)
                : CredentialValidationResult.INVALID_RESULT;
    }
}
