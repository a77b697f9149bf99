/**
 * Delivery reports that arrive by mail (RFC 3464, 6522, and the forms that some servers still write): which mail they
 * speak of, and what became of each recipient. Reading is total: whatever a mail holds, nothing is thrown.
 */
package dev.mailroom.bounces;
