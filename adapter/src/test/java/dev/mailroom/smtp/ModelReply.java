package dev.mailroom.smtp;

/**
 * What the model server said.
 *
 * @param mail number of the mail it was for
 * @param code 0 = nonsense
 * @param chunk whether the step belongs to BDAT
 * @param end position in the octets of the server at which the reply ends
 */
record ModelReply(int mail, AwaitedReply step, int code, boolean chunk, long end) {
}
