/** Constants of the operations that receive. */
package dev.mailroom.facade.option;
