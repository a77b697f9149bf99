/**
 * Reads mails as they come, well-formed or not, and never throws: header fields, texts, attachments. Everything is
 * bounded by {@link dev.mailroom.parsing.ParsingLimits}; what cannot be taken apart is an attachment.
 */
package dev.mailroom.parsing;
