/** What the contract's application does with the facade, besides what other tests' callers do. */
package dev.mailroom.it.contract.application;
