/** Invoices: a row in the database and a mail to the customer, both or neither. */
package org.example.invoicing;
