/**
 * What Mailroom shows through MicroProfile Health and Metrics. A server need not have either:
 * {@link dev.mailroom.microprofile.MicroProfileExtension} adds the beans whose API is there, and nothing else ever
 * loads their classes. The two do not know each other: a health check that wants metrics fails on Payara.
 */
package dev.mailroom.microprofile;
