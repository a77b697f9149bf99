/** placeholder. */
package dev.mailroom.spool;
