package dev.mailroom.benchmark;

import java.time.Duration;

/**
 * One task, the same for every contender.
 *
 * @param name unique in a run; one word
 * @param size octets of a mail on the wire, about
 * @param senders how many send at once, each on a connection of its own
 * @param roundTrip what a round trip to the server takes; zero = loopback
 * @param secure STARTTLS and AUTH PLAIN; else neither
 * @param content what the senders start from
 * @param recipients of each mail
 * @param partial whether a refused recipient keeps the mail from the others; false = all or nobody
 * @param sink what the mails are sent to
 * @param mode one mail after the other, or all that is there
 */
public record Scenario(String name, int size, int senders, Duration roundTrip, boolean secure, Content content,
        int recipients, boolean partial, Sink sink, Mode mode) {

    /** What senders start from. */
    public enum Content {
        /** The same rendered mail again and again. */
        READY,
        /** Sender, recipient, subject and text, another subject for each mail. */
        COMPOSED
    }

    /** A server that accepts everything. All but {@link #SMTP_SINK} count round trips and connections. */
    public enum Sink {
        /** Postfix's: offers PIPELINING. */
        SMTP_SINK,
        /** Ours: PIPELINING without CHUNKING. */
        COUNTING,
        /** Ours with CHUNKING as well. */
        CHUNKING
    }

    /** How mails come. */
    public enum Mode {
        /** A sender waits for the outcome of each mail. */
        SINGLE,
        /** A sender has many mails at hand and may use whatever its client has for that. */
        STREAM
    }

    /** 1 KiB, one sender, loopback, plain, ready bytes, one recipient, all or nobody, our sink with CHUNKING. */
    public static Scenario of(String name) {
        return new Scenario(name, 1024, 1, Duration.ZERO, false, Content.READY, 1, false, Sink.CHUNKING, Mode.SINGLE);
    }

    /** The same with mails of that size. */
    public Scenario size(int octets) {
        return new Scenario(name, octets, senders, roundTrip, secure, content, recipients, partial, sink, mode);
    }

    /** The same with that many senders. */
    public Scenario senders(int number) {
        return new Scenario(name, size, number, roundTrip, secure, content, recipients, partial, sink, mode);
    }

    /** The same behind a network where a round trip takes that long. */
    public Scenario behind(Duration time) {
        return new Scenario(name, size, senders, time, secure, content, recipients, partial, sink, mode);
    }

    /** The same with STARTTLS and AUTH. */
    public Scenario secured() {
        return new Scenario(name, size, senders, roundTrip, true, content, recipients, partial, sink, mode);
    }

    /** The same composed from fields. */
    public Scenario composed() {
        return new Scenario(name, size, senders, roundTrip, secure, Content.COMPOSED, recipients, partial, sink, mode);
    }

    /** The same to that many recipients. */
    public Scenario to(int number, boolean partially) {
        return new Scenario(name, size, senders, roundTrip, secure, content, number, partially, sink, mode);
    }

    /** The same with another server. */
    public Scenario at(Sink server) {
        return new Scenario(name, size, senders, roundTrip, secure, content, recipients, partial, server, mode);
    }

    /** The same with many mails at hand. */
    public Scenario stream() {
        return new Scenario(name, size, senders, roundTrip, secure, content, recipients, partial, sink, Mode.STREAM);
    }

    /** Whether client and server share one core: a single connection over loopback is bimodal otherwise. */
    public boolean onOneCore() {
        return senders == 1 && roundTrip.isZero();
    }

    /** For the pipe between processes. */
    public String line() {
        return String.join(" ", name, "" + size, "" + senders, "" + roundTrip, "" + secure, "" + content,
                "" + recipients, "" + partial, "" + sink, "" + mode);
    }

    /** Reads a {@link #line}. */
    public static Scenario parse(String line) {
        String[] words = line.split(" ");
        return new Scenario(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), Duration.parse(words[3]),
                Boolean.parseBoolean(words[4]), Content.valueOf(words[5]), Integer.parseInt(words[6]),
                Boolean.parseBoolean(words[7]), Sink.valueOf(words[8]), Mode.valueOf(words[9]));
    }
}
