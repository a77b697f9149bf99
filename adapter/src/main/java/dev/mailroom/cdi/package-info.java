/**
 * Where the adapter meets its container: the only package that knows CDI and MicroProfile Config.
 * Configuration: one table of keys ({@link dev.mailroom.cdi.MailroomKeys}, {@link dev.mailroom.cdi.SessionKeys}) drives
 * reading, the check for unknown keys and the manual's table. {@link dev.mailroom.cdi.MailroomConfiguration} reads it
 * once into {@link dev.mailroom.cdi.MailroomSettings} or fails with every problem found.
 */
package dev.mailroom.cdi;
