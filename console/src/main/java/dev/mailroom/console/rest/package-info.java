/**
 * The REST API. A request is read strictly (size, JSON, known properties, types) into a record, the facade is called,
 * and its answer or last error is written; resources hold no logic of their own.
 */
package dev.mailroom.console.rest;
