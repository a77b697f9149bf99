package dev.mailroom.cdi;

import dev.mailroom.Secret;
import java.nio.file.Path;

/**
 * The administrator's own trust anchors.
 *
 * @param file a key store, PKCS12 or JKS
 * @param password opens it; {@link Secret#none()} = it has none
 */
record TrustStore(Path file, Secret password) {
}
