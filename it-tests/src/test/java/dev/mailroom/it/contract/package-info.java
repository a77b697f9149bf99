/** One contract that every supported server must keep; which one runs is the Maven profile's choice. */
package dev.mailroom.it.contract;
