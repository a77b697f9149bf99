/**
 * Groups of an Email's properties: {@link dev.mailroom.facade.fields.EmailFields}, the header fields that it may have
 * beside the usual ones, and {@link dev.mailroom.facade.fields.EmailOrigin}, whom it comes from and when. An Email that
 * uses none of them has none of these objects.
 */
package dev.mailroom.facade.fields;
