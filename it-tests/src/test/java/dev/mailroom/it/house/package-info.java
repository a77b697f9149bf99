/** The lines between the parts of Mailroom, read from its sources. */
package dev.mailroom.it.house;
