package dev.mailroom.it.server;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Makes Arquillian use {@link DeploymentProof}. */
public final class ProofExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(DeploymentProof.class);
    }
}
