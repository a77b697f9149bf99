package dev.mailroom.spool;

import dev.mailroom.arrival.DeliveryStore;

/**
 * The durable store of spooled mails, one part for each kind of user.
 *
 * @param intake for callers, who hand mails in
 * @param claims for servers, which send them
 * @param archive for administrators, who look at them and change them
 * @param queues what is known of the sessions that they wait for
 * @param outcomes for the application, which wants to be told
 * @param deliveries what is remembered of mails that arrive
 * @param time by which all of them count
 */
public record SpoolStore(MailIntake intake, MailClaims claims, MailArchive archive, SpoolQueues queues,
        MailOutcomes outcomes, DeliveryStore deliveries, SpoolTime time) {
}
