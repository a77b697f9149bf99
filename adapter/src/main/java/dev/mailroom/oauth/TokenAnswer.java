package dev.mailroom.oauth;

import dev.mailroom.secret.AccessToken;

/**
 * What the authorization server has issued.
 *
 * @param token the access token
 * @param refreshToken the refresh token to be used from now on; empty = the one that there is
 */
record TokenAnswer(AccessToken token, String refreshToken) {
    @Override
    public String toString() {
        return "TokenAnswer[" + token + (refreshToken.isEmpty() ? "" : ", with another refresh token") + "]";
    }
}
