/**
 * Mailroom's facade where it belongs: an application in a real Payara Micro, whose requests send through the injected
 * {@code MailFacade}. {@link dev.mailroom.benchmark.inside.FacadeContender} starts the server and asks; the servlet
 * runs inside.
 */
package dev.mailroom.benchmark.inside;
