/**
 * Listeners of mailboxes that are CDI beans: found and checked when the application is deployed, read for as long as it
 * runs, each mail in a JTA transaction.
 */
package dev.mailroom.listening;
