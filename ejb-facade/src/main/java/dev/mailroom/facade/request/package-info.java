/**
 * What applications ask for, in the field's terms: settings of sessions that are to be started, whether two drafts are
 * one mail, mails that are files, HTML whose images are files, which domains there can be.
 */
package dev.mailroom.facade.request;
