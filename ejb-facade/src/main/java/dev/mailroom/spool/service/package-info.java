/**
 * The spool in the container: takes part in the caller's JTA transaction, runs on the threads of the EJB container,
 * tells the application by CDI events. The packages below are independent of a container.
 */
package dev.mailroom.spool.service;
