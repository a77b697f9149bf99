package dev.mailroom.smtp;

import java.net.ProtocolException;

/** A reply that cannot be the answer to what it came for: from here on no reply can be trusted. */
final class OutOfStepException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    OutOfStepException(AwaitedReply step, int code) {
        super("it answered " + code + " to " + step);
    }
}
