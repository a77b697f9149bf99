/**
 * WLanguage's access tokens: an {@link dev.mailroom.facade.auth.AuthToken} belongs to the application, and is given to
 * session variables, which log in with it and have it renewed.
 */
package dev.mailroom.facade.auth;
