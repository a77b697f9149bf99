/**
 * Errors as the API's callers see them: problem details (RFC 9457) for everything from malformed JSON to a server's
 * reply. A mail error keeps its phase, reply and enhanced status code; a bug is an incident number and a log entry.
 */
package dev.mailroom.console.problem;
