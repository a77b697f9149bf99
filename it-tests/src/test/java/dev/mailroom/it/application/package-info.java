/**
 * An application such as a user of Mailroom would write: a servlet, a REST resource, a timer, asynchronous methods and
 * threads that send mail. Deployed as a WAR with Mailroom's jars as libraries.
 */
package dev.mailroom.it.application;
