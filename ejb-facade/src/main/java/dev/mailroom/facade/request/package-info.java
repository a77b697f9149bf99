/**
 * What applications ask for, in the field's terms: settings of sessions that are to be started, whether two drafts are
 * one mail.
 */
package dev.mailroom.facade.request;
