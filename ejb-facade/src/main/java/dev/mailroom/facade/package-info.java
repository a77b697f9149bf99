/**
 * The WLanguage e-mail operations as an EJB. WLanguage's words stop here: {@code EmailTranslator} turns them into the
 * field's terms, {@code dev.mailroom.mime} renders bytes, the adapter sends them.
 */
package dev.mailroom.facade;
