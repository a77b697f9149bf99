/**
 * Sends what the store holds: a worker takes the queue whose turn it is, claims mails in batches, sends them over one
 * pooled connection and writes down what became of them. Queues are kept apart, so that a dead or slow server delays
 * only its own mails.
 */
package dev.mailroom.spool.drain;
