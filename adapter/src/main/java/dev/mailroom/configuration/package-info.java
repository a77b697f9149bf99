/**
 * The grammar of the configuration: a {@link dev.mailroom.configuration.ConfigurationKey} is one row of the table, its
 * {@link dev.mailroom.configuration.ConfigurationType} says how the value is written and checked. A module contributes
 * its keys as {@link dev.mailroom.configuration.ConfigurationKeys} and gets what the administrator set as
 * {@link dev.mailroom.configuration.ConfigurationValues}. Where values come from is not known here.
 */
package dev.mailroom.configuration;
