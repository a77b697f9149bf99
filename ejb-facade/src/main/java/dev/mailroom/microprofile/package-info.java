/**
 * What Mailroom shows through MicroProfile Health and Metrics. A server need not have either: {@code beans.xml} keeps
 * the container from the classes whose API is missing, and nothing else ever loads them. Health and metrics do not know
 * each other: a health check that wants metrics fails on Payara.
 */
package dev.mailroom.microprofile;
