/**
 * Secrets that do not stay the same. A {@link dev.mailroom.secret.TokenSupplier} is asked for an access token at each
 * new connection; an application gives one to a session as {@link dev.mailroom.Secret#supplied}, or to a named session
 * as a CDI bean, a {@link dev.mailroom.secret.NamedTokenSupplier}.
 */
package dev.mailroom.secret;
