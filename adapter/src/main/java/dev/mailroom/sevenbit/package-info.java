/**
 * Re-encodes a mail with 8-bit content so that 7 bits suffice, for servers without 8BITMIME (RFC 6152, section 3). Only
 * the parts that need it change; all other octets stay where the mail has them.
 */
package dev.mailroom.sevenbit;
