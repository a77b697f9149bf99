package dev.mailroom.it.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.security.enterprise.authentication.mechanism.http.BasicAuthenticationMechanismDefinition;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import java.util.Set;

/**
 * Jack and Jill may say who they are, and Jack keeps the books; some are called as one server or another calls those
 * who do not say it; everyone else is anonymous.
 */
@ApplicationScoped
@BasicAuthenticationMechanismDefinition(realmName = "hill")
public class Users implements IdentityStore {
    private static final Set<String> NAMES =
            Set.of("jack", "jill", "ANONYMOUS", "anonymous", "UNAUTHENTICATED", "guest");

    /** Found by Jakarta Security. */
    public CredentialValidationResult validate(UsernamePasswordCredential credential) {
        String name = credential.getCaller();
        return NAMES.contains(name) && credential.compareTo(name, Secrets.of(name))
                ? new CredentialValidationResult(name, Set.of("climber", "jack".equals(name) ? "accountant" : "nurse"))
                : CredentialValidationResult.INVALID_RESULT;
    }
}
