/**
 * What an administrator can see of sessions, connections and mails. {@code SmtpListener} is told what happens: {@link
 * dev.mailroom.watch.Listeners} tells several, {@link dev.mailroom.watch.MailroomLog} writes lines, {@link
 * dev.mailroom.watch.MailCounts} and {@link dev.mailroom.watch.ConnectionCounts} count. The views make rows of it, of
 * Mailroom's own pool or of the application server's.
 */
package dev.mailroom.watch;
