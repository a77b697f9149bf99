/**
 * Access tokens from an authorization server (RFC 6749), by a refresh token (section 6) or for the client itself
 * (section 4.4): {@link dev.mailroom.oauth.OauthTokens} keeps and renews them as
 * {@link dev.mailroom.oauth.OauthSettings} say, over one request of {@code TokenRequest}.
 */
package dev.mailroom.oauth;
