/** An application that supplies access tokens itself. */
package dev.mailroom.it.tokens;
