/**
 * Whether a call is part of the start of the application. Jakarta EE has no event for "started": {@code @Startup}
 * beans, observers and listeners run in an order that each server chooses, some of them with a request context around
 * them. So what the server does to start the application is told by the thread that it does it on.
 */
package dev.mailroom.startup;
