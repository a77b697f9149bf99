package dev.mailroom.mime;

import dev.mailroom.Mail;

/**
 * What composing yields.
 *
 * @param mail envelope and bytes
 * @param messageId the Message-ID without angle brackets
 */
public record ComposedMail(Mail mail, String messageId) {
}
