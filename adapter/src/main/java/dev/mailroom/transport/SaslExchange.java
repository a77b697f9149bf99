package dev.mailroom.transport;

import java.util.Optional;
import javax.security.sasl.SaslException;

/** The client's side of one SASL mechanism (RFC 4422). Good for one attempt, for one thread. */
interface SaslExchange {
    /** What the client says first, if it is the client that begins. */
    Optional<byte[]> initialResponse();

    /**
     * Answers a challenge.
     *
     * @throws SaslException when the server does not keep to the mechanism or does not prove who it is
     */
    byte[] respond(byte[] challenge) throws SaslException;

    /** Whether the server may report success now: with mechanisms where it must prove itself, only after it has. */
    default boolean serverProven() {
        return true;
    }

    /** Why the server refuses, as it said within the exchange; empty = it has said nothing. */
    default String reason() {
        return "";
    }

    /** Whether the server has refused the mechanism's parameters without a judgement on the secret. */
    default boolean unsuitable() {
        return false;
    }
}
