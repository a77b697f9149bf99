/**
 * Keeps mails of a test system from reaching strangers: {@link dev.mailroom.staging.StagedConnections} stands in front
 * of whatever lends connections, and changes whom each mail goes to, as {@link dev.mailroom.staging.StagingSettings}
 * say. Where they say nothing it is not there.
 */
package dev.mailroom.staging;
